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
	[ -f "$prefix/share/man/man5/record.5" ]
	[ -f "$prefix/share/man/man7/duban.7" ]
	[ -f "$prefix/share/duban/schemas/visit.yaml" ]
	[ -f "$prefix/share/duban/plans/pingliang-2024/plan.yaml" ]
	[ -f "$prefix/include/duban.h" ]
	[ -L "$prefix/lib/libduban.so" ]
}

@test "a ten-line program compiles against the library, shared and static" {
	cat >ten.c <<'END'
#include <duban.h>
#include <stdio.h>
#include <string.h>
static void tell(void *c, const struct duban_finding *f) { (void)c; printf("%s:%u:%u: %s\n", f->file, f->line, f->column, f->message); }
int main(void)
{
	const char *s = "{$id: 'x:a', properties: {n: {type: integer, title: 数}}, required: [n]}", *d = "m: 1\nn: one\n";
	struct duban_set *set = duban_set_new();
	duban_set_add(set, NULL, "s", s, strlen(s), tell, NULL);
	struct duban_schema *schema = duban_compile(set, "x:a", 0, tell, NULL);
	int bad = duban_check(schema, "d", d, strlen(d), tell, NULL);
	duban_schema_free(schema);
	duban_set_free(set);
	return bad;
}
END
	export PKG_CONFIG_PATH=$prefix/lib/pkgconfig PKG_CONFIG_SYSROOT_DIR=$work/inst
	san=
	if nm -D "$prefix/lib/libduban.so" | grep -q __asan; then
		san=-fsanitize=address,undefined
	fi
	cc=gcc
	if nm -D "$prefix/lib/libduban.so" | grep -q __asan && ! ldd "$prefix/lib/libduban.so" | grep -q libasan; then
		cc=clang
	fi
	# shellcheck disable=SC2046
	$cc $san ten.c $(pkg-config --cflags --libs duban) -Wl,-rpath,"$prefix/lib" -o ten
	status 1 ./ten
	has "$output" 'd:2:4:'
	$cc $san ten.c $(pkg-config --cflags duban) "$prefix/lib/libduban.a" \
		$(pkg-config --static --libs-only-l duban | sed 's/-lduban//') -o ten
	status 1 ./ten
	has "$output" 'd:2:4:'
}

@test "the shared library shows what its header declares, no more" {
	declared=$(grep -o 'duban_[a-z_]*(' "$prefix/include/duban.h" | tr -d '(' | sort -u | grep -v duban_report)
	shown=$(nm -D --defined-only "$prefix/lib/libduban.so" | awk '$2 == "T" { print $3 }' | grep -v '^_' | sort -u)
	[ "$declared" = "$shown" ] || { echo "declared: $declared"; echo "shown: $shown"; false; }
}

@test "uninstall takes everything away" {
	make -s -C "$root" uninstall DESTDIR="$work/inst"
	[ -z "$(find "$work/inst" -type f -o -type l)" ]
}
