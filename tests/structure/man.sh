# The manual: mandoc has nothing to say, every option of --help is in its page and back, every
# command has a page, and the examples run.
. tests/structure/tap.bash
. tests/structure/help.bash

shopt -s nullglob
# pages of other packages that ours may name, installed here or not
others="sshd.8 bind_textdomain_codeset.3 bindtextdomain.3 cron.8 crontab.5 git.1 githooks.5 jq.1 setlocale.3
soffice.1 systemd.timer.5"

# mandoc looks for the pages that one names beside it
mkdir "$scratch/pages"
for name in $others; do
	: >"$scratch/pages/$name"
done
ln -sf "$PWD"/man/*.[1-8] "$scratch/pages"

lint() { # PAGE
	local said
	# it counts a Chinese character as eight, and takes the last one of a line for a delimiter
	said=$(cd "$scratch/pages" && mandoc -Tlint -Wstyle "${1##*/}" 2>&1 |
		grep -v -e '^mandoc: outdated mandoc.db' -e 'longer than 80 bytes: .*\\\[u' \
			-e 'trailing delimiter: .*\\\[u[0-9A-F]*\]$')
	[ -z "$said" ] || { echo "$said"; return 1; }
}

# page_options PAGE: the long options that the page documents: those of .It, .Op and the synopsis
page_options() {
	awk '
	/^\.Sh / { synopsis = $2 == "SYNOPSIS" }
	/^\.(It|Op) / || (synopsis && /^\.Fl /) {
		for (i = 2; i <= NF; i++)
			if ($(i - 1) == "Fl" || $(i - 1) == ".Fl") {
				name = $i
				gsub(/\\/, "", name)
				if (name ~ /^-[a-z0-9-]+$/)
					print "-" name
			}
	}' "$1"
}

options_agree() { # COMMAND PAGE
	local program page missing
	program=$(every_option "$1" | grep '^--' | LC_ALL=C sort -u) || return 1
	page=$(page_options "$2" | LC_ALL=C sort -u)
	missing=$(LC_ALL=C comm -3 <(echo "$program") <(echo "$page"))
	[ -z "$missing" ] || {
		echo "left: in --help only, right: in $2 only"
		echo "$missing"
		return 1
	}
}

# examples PAGE: the shell lines of its EXAMPLES: `$ ` and what goes on behind it with `> `; the page
# for clerks is one example from its beginning
examples() {
	awk -v whole="$([ "$1" = man/duban-clerk.7 ] && echo 1)" '
	/^\.Sh / { inside = whole || $2 == "EXAMPLES" }
	inside && /^\.Bd .*-literal/ { block = 1; next }
	/^\.Ed/ { block = 0 }
	block && /^(\\&)?[$>] / {
		gsub(/\\\(aq/, "\047")
		gsub(/\\\(dq/, "\"")
		gsub(/\\\(ga/, "`")
		gsub(/\\\(ti/, "~")
		gsub(/\\\(ha/, "^")
		gsub(/\\-/, "-")
		gsub(/\\&/, "")
		gsub(/\\e/, "\\")
		print
	}' "$1"
}

# runs them in order in one shell, in a fresh folder made from the plan
run_examples() { # PAGE
	local script=$scratch/script line
	rm -rf "$scratch/try"
	mkdir "$scratch/try"
	{
		echo 'set -o pipefail'
		examples "$1" | awk '
		function flush() {
			if (command != "")
				print "eval " quoted(command) " </dev/null || " \
					"{ echo \"status $?:\"; echo " quoted(command) "; exit 1; }"
		}
		function quoted(text) {
			gsub(/\047/, "\047\\\047\047", text)
			return "\047" text "\047"
		}
		/^\$ / { flush(); command = substr($0, 3); next }
		{ command = command "\n" substr($0, 3) }
		END { flush() }'
	} >"$script"
	[ "$(grep -c ^eval "$script")" -gt 0 ] || { echo "no examples in $1"; return 1; }
	(
		export PATH=$DUBAN_BIN:$PATH LC_ALL=C.UTF-8 DUBAN_BY=张某 DUBAN_UNIT=jingchuan
		export HOME=$scratch/try GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b
		export GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b
		cd "$scratch/try" && plan-init rf >/dev/null && cd rf && bash "$script"
	)
}

is_written() { # PAGE
	[ -e "man/$1" ] || { echo "man/$1 is missing"; false; }
}

for page in man/*.[1-8]; do
	check "$page: mandoc has nothing to say" lint "$page"
	name=${page##*/}
	name=${name%.*}
	case $page in
	*.1)
		if [ ! -x "$DUBAN_BIN/$name" ]; then
			check "$page: its command" eval "echo there is no command; false"
			continue
		fi
		check "$page: options" options_agree "$name" "$page"
		check "$page: examples" run_examples "$page"
		;;
	*)
		[ -z "$(examples "$page")" ] || check "$page: examples" run_examples "$page"
		;;
	esac
done
for source in cmd/*.c; do
	name=$(basename "$source" .c)
	check "$name has its page" is_written "$name.1"
done
for page in duban.3 duban.7 record.5 plan.5; do
	check "the page $page" is_written "$page"
done

# the test itself, on a page of its own
rm -f "$scratch/pages/visit-add.1"
page=$scratch/pages/visit-add.1
write_page() {
	{
		printf '.Dd April 10, 2024\n.Dt VISIT-ADD 1\n.Os\n.Sh NAME\n.Nm visit-add\n'
		printf '.Nd add a visit\n.Sh DESCRIPTION\n.Bl -tag -width Ds\n'
		help_options visit-add | sed -n 's/^--/.It Fl -/p' | LC_ALL=C sort -u
		printf '.El\n.Sh EXAMPLES\n.Bd -literal -offset indent\n'
		printf '$ visit=$(visit-add \\-\\-date 2024-04-18 \\-\\-enterprise 示例甲 \\-\\-appeal 示例乙 \\e\n'
		printf '> --visitor \\(aq张某\\(aq --indicator-type 政务服务)\njingchuan/visits/x\n'
		printf '$ grep \\(aqkind: visit\\(aq "$visit"\n.Ed\n'
	} >"$page"
}
page_passes() {
	write_page
	sed -i "$1" "$page"
	lint "$page" && options_agree visit-add "$page" && run_examples "$page"
}
check "a page that is right" page_passes ''
check "sees what mandoc would say" eval '! page_passes "s/^.Nd.*/.Nd/"'
check "sees a page that is not there" eval '! page_passes "s/^.Nd.*/&\n.Xr visit-ad 1/"'
check "sees an option that the page lacks" eval '! page_passes "/Fl -date/d"'
check "sees an option that only the page has" eval '! page_passes "s/Fl -date/Fl -datum/"'
check "sees an example that fails" eval '! page_passes "s/kind: visit/kind: visits/"'
check "sees a page without examples" eval '! page_passes "s/^[$>] //"'
finish
