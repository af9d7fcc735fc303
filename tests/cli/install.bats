# make install: into a scratch folder, the programs find their data there, the library links.

load common

root=$BATS_TEST_DIRNAME/../..

make_more() {
	make -s -C "$root" install DESTDIR="$work/inst" >/dev/null
	prefix=$work/inst/usr/local
}

@test "installed programs run with the installed schemas and plan" {
	PATH=$prefix/bin:/usr/bin:/bin
	status 0 plan-init rf
	cd rf
	status 0 visit-add --by 张某 --unit 泾川 --indicator-type 政务服务 --enterprise 示例甲商贸有限公司 \
		--appeal 无 --visitor 张某
	status 0 record-check
}

@test "data is looked for in \$DUBAN_SCHEMAS before the program's own place" {
	PATH=$prefix/bin:/usr/bin:/bin
	mkdir none
	DUBAN_SCHEMAS=$work/none status 3 plan-init rf
	has "$err" "schema"
	cp -r "$prefix/share/duban/schemas" mine
	plan-init rf >/dev/null
	sed -i 's/title: 走访企业名称/title: 被走访企业/' mine/visit.yaml
	cd rf
	DUBAN_SCHEMAS=$work/mine status 1 visit-add --by 张某 --unit 泾川
	has "$err" 被走访企业
}

@test "a page, a catalogue of schemas, headers and pkg-config are where they belong" {
	[ -f "$prefix/share/man/man1/visit-add.1" ]
	[ -f "$prefix/share/man/man3/duban.3" ]
	[ -f "$prefix/share/man/man5/record.5" ]
	[ -f "$prefix/share/man/man7/duban.7" ]
	[ -f "$prefix/share/duban/schemas/visit.yaml" ]
	[ -f "$prefix/share/duban/plans/pingliang-2024/plan.yaml" ]
	[ -x "$prefix/bin/duban-sync" ] && [ ! -L "$prefix/bin/duban-sync" ]
	for hook in update pre-receive pre-commit; do
		[ -x "$prefix/share/duban/hooks/$hook" ]
	done
	[ -f "$prefix/include/duban.h" ]
	[ -L "$prefix/lib/libduban.so" ]
}

@test "the examples are there, can run, and their crontab and service name the place where they are" {
	[ -x "$prefix/share/duban/examples/campaign" ]
	PATH=$prefix/bin:/usr/bin:/bin plan-init rf >/dev/null
	cron=$prefix/share/duban/examples/cron
	status 0 env -i PATH="$prefix/bin:/usr/bin:/bin" "$cron/dispatch-reports" --formats json --now 2024-04-15T08:30:00+08:00 rf
	has "$output" 'written: 2024-W15.json'
	# another prefix would build the programs again: of that recipe only the lines about these files
	cron=$work/other/opt/duban/share/duban/examples/cron
	mkdir -p "$cron"
	make -s -n -C "$root" install PREFIX=/opt/duban DESTDIR="$work/other" | sed -n '/^for f in crontab/,/done$/p' >recipe
	(cd "$root" && sh -e "$work/recipe")
	[ "$(grep -c '	/opt/duban/share/duban/examples/cron/dispatch-reports ' "$cron/crontab")" = 2 ]
	grep -q '^ExecStart=/opt/duban/share/duban/examples/cron/dispatch-reports ' "$cron/dispatch-reports.service"
	grep -q '^PATH=/opt/duban/bin:' "$cron/crontab"
	! grep -q /usr/local "$cron"/crontab "$cron"/*.service "$cron"/*.timer
}

# build SOURCE PROGRAM ARG...: with the compiler and what it added to the library: sanitizers, counters
build() {
	local name=${bin%/bin}
	name=${name##*/}
	case $name in
	san-*) set -- "$@" -fsanitize=address,undefined ;;
	tsan-*) set -- "$@" -fsanitize=thread ;;
	cov-*) set -- "$@" --coverage ;;
	esac
	"${name#*-}" -Wall -Wextra -Werror "$1" -o "$2" "${@:3}"
}

# installed ARG...: what pkg-config says of the installed library
installed() {
	PKG_CONFIG_PATH=$prefix/lib/pkgconfig PKG_CONFIG_SYSROOT_DIR=$work/inst pkg-config "$@" duban
}

make_schema() {
	echo '{properties: {n: {type: integer, title: 数}}, required: [n]}' >schema.yaml
	echo 'n: 1' >good.yaml
	printf 'n: 2\n---\nm: 1\nn: one\n' >bad.yaml
}

@test "the example program compiles against the installed library, shared and static" {
	make_schema
	# shellcheck disable=SC2046
	build "$root/examples/library/check.c" shared $(installed --cflags --libs) -Wl,-rpath,"$prefix/lib"
	readelf -d shared | grep -q 'NEEDED.*libduban\.so\.0'
	# shellcheck disable=SC2046
	build "$root/examples/library/check.c" static $(installed --cflags) "$prefix/lib/libduban.a" \
		-Wl,--as-needed $(installed --static --libs)
	! readelf -d static | grep -q libduban
	for program in shared static; do
		status 0 "./$program" schema.yaml good.yaml
		[ -z "$output$err" ]
		status 1 "./$program" schema.yaml good.yaml bad.yaml none.yaml
		[ "$output" = "bad.yaml:4:4: error: 数: 'n' must be an integer, not 'one' [type]
    n: one
       ^
    in document 2
none.yaml: error: cannot read the file: No such file or directory [io]" ]
		status 2 "./$program" none.yaml good.yaml
	done
}

@test "a program without any shared library" {
	case ${bin%/bin} in
	*/san-* | */tsan-*) skip "the sanitizers need theirs" ;;
	esac
	make_schema
	# shellcheck disable=SC2046
	build "$root/examples/library/check.c" alone -static $(installed --static --cflags --libs)
	status 1 ./alone schema.yaml bad.yaml
	has "$output" 'bad.yaml:4:4: error'
}

@test "messages are in the language of a program that has set one" {
	make_schema
	cat >speak.c <<-'END'
	#include <libintl.h>
	#include <locale.h>
	#define main check
	#include "check.c"
	#undef main
	int main(int argc, char **argv)
	{
		setlocale(LC_ALL, "");
		bindtextdomain("duban", LOCALEDIR);
		bind_textdomain_codeset("duban", "UTF-8");
		return check(argc, argv);
	}
	END
	sed 's/check(const struct/check_file(const struct/; s/ check(schema/ check_file(schema/' \
		"$root/examples/library/check.c" >check.c
	# shellcheck disable=SC2046
	build check.c silent $(installed --cflags --libs) -Wl,-rpath,"$prefix/lib"
	# shellcheck disable=SC2046
	build speak.c speak -I. "-DLOCALEDIR=\"$(installed --variable=localedir)\"" \
		$(installed --cflags --libs) -Wl,-rpath,"$prefix/lib"
	LANGUAGE=zh_CN LC_ALL=C.UTF-8 status 1 ./silent schema.yaml bad.yaml
	has "$output" "error: 数: 'n' must be an integer"
	LANGUAGE=zh_CN LC_ALL=C.UTF-8 status 1 ./speak schema.yaml bad.yaml
	has "$output" "错误: 数: 'n'应为整数"
	LANGUAGE=zh_CN LC_ALL=C status 1 ./speak schema.yaml bad.yaml
	has "$output" "error: 数: 'n' must be an integer"
}

@test "uninstall takes everything away" {
	make -s -C "$root" uninstall DESTDIR="$work/inst"
	[ -z "$(find "$work/inst" -type f -o -type l)" ]
}
