# The Makefile on a machine where nothing is installed: what is missing is named with its package
# before anything needs it, and the second of `make demo` and `make check` installs what the first did not.
. tests/structure/tap.bash

# bare ARG...: make in an empty build folder, where pkg-config finds nothing
bare() {
	env -u MAKEFLAGS -u MAKELEVEL make MISSING=tell PKG_CONFIG=false out="$scratch/out" V= "$@" 2>&1
}

all_named() {
	local said package
	said=$(bare all) && { echo "make succeeded: $said"; return 1; }
	for package in libyaml-dev libpcre2-dev libutf8proc-dev nettle-dev libxlsxwriter-dev; do
		grep -q "^install with: apt-get install -y .*\<$package\>" <<<"$said" ||
			{ echo "$package is not named:"; echo "$said"; return 1; }
	done
}

named_once() {
	local said
	said=$(bare all CC=no-such-gcc | sed -n 's/^missing: //p' | tr ' ' '\n' | sort | uniq -d)
	[ -z "$said" ] || { echo "named twice: $said"; return 1; }
}

# the step that asks for the tests' libraries comes before the first test is compiled
asked_first() {
	bare -n check | awk '
	/libcmocka-dev|cmocka@/ && !asked { asked = NR }
	/-c tests\/unit\// && !compiled { compiled = NR }
	END {
		if (asked && compiled && asked < compiled)
			exit 0
		print "asked in line " asked + 0 ", compiled in line " compiled + 0
		exit 1
	}'
}

# what a check needs is named whole, not the tests' part after the rest was installed
one_command() {
	local said package
	said=$(bare check) && { echo "make succeeded: $said"; return 1; }
	for package in libyaml-dev libcmocka-dev; do
		grep -q "^install with: apt-get install -y .*\<$package\>" <<<"$said" ||
			{ echo "$package is not named:"; echo "$said"; return 1; }
	done
}

# a tree and a destination whose names hold spaces
spaces() {
	local tree="$scratch/督办 副本" to="$scratch/at a place" out=build/here
	mkdir "$tree" && cp Makefile "$tree" && ln -s "$PWD"/{lib,cmd,schemas,examples,man,tests} "$tree" || return 1
	env -u MAKEFLAGS -u MAKELEVEL make -s -C "$tree" out=$out $out/share/duban/{schemas,plans} || return 1
	[ -f "$tree/$out/share/duban/schemas/visit.yaml" ] && [ -d "$tree/$out/share/duban/plans" ] || return 1
	make -s install DESTDIR="$to" && [ -x "$to/usr/local/bin/visit-add" ] || return 1
	make -s uninstall DESTDIR="$to"
	[ -z "$(find "$to" ! -type d)" ] || { find "$to" ! -type d; return 1; }
}

packages_told() {
	local package page
	for package in $(sed -n -E 's/^(test_)?(modules|headers|tools) [:+]= //p' Makefile | tr ' ' '\n' | sed 's/.*://'); do
		for page in README.md README.zh-CN.md .ci/run; do
			grep -qE "(^|[^a-z0-9-])$package([^a-z0-9-]|$)" $page || { echo "$page lacks $package"; return 1; }
		done
	done
}

check "every package is told in the READMEs and installed by .ci/run" packages_told
check "missing libraries are named with their packages" all_named
check "each once" named_once
check "those of a check in one command" one_command
check "names with spaces" spaces
check "the libraries of the tests are asked for before a test is compiled" asked_first
finish
