# libduban as other programs see it: it shows what its header declares and no more, shared and
# static, it keeps nothing that is written to, and it does not print, exit or change the process.
. tests/structure/tap.bash

build=${DUBAN_BIN%/bin}
name=${build##*/} # VARIANT-COMPILER
variant=${name%%-*}
cc=${name#*-}
header=lib/duban.h
page=man/duban.3
[ "$variant" != san ] || san='-fsanitize=address,undefined'
[ "$variant" != tsan ] || san='-fsanitize=thread'
[ "$variant" != cov ] || san=--coverage

# declared HEADER: the functions
declared() {
	grep -v '^#' "$1" | tr '\n' ' ' | grep -o 'DUBAN_API [^;]*;' | sed 's/ *(.*//; s/.*[ *]//' | LC_ALL=C sort
}

# shown FILE [OPTION]: the names that a linker finds there
shown() {
	# mangle_path is gcov's
	nm -g --defined-only "${@:2}" "$1" | awk 'NF == 3 && $3 !~ /^(_|mangle_path$)/ { print $3 }' |
		LC_ALL=C sort
}

same() { # WHAT THESE THOSE
	[ -n "$2" ] && [ "$2" = "$3" ] || { diff <(echo "$2") <(echo "$3"); echo "$1"; false; }
}

# documented PAGE SECTION MACRO...: the names behind the macros in the section
documented() {
	awk -v section="$2" -v macros="${*:3}" '
	/^\.Sh / { inside = $0 == ".Sh " section }
	inside && index(" " macros " ", " " $1 " ") { print $2 }' "$1" | LC_ALL=C sort
}

# keeps FILE: sections of an object or archive that can be written to and are not empty
keeps() {
	objdump -h "$1" | awk '$2 ~ /^\.(t?data|t?bss)(\.|$)/ && $2 !~ /^\.data\.rel\.ro/ && $3 !~ /^0+$/ { print $2, $3 }'
}

forbidden="printf fprintf vprintf vfprintf dprintf vdprintf puts putchar putc fputs fputc fwrite write
perror psignal syslog stdout stderr exit _exit _Exit quick_exit abort assert_fail assert raise kill
signal sigaction sigprocmask atexit setlocale newlocale uselocale textdomain bindtextdomain
bind_textdomain_codeset getenv secure_getenv setenv putenv unsetenv environ chdir umask setrlimit
strtok rand srand time clock_gettime gettimeofday localtime gmtime ctime asctime fork vfork system
popen execve execvp socket connect getaddrinfo gethostbyname dlopen setjmp longjmp"

# reaches FILE: what it calls that prints, exits, or changes what belongs to the process
reaches() {
	nm -u "$1" | sed -n 's/^ *[Uw] //p' | sed 's/@.*//; s/^__//; s/_chk$//' |
		grep -Fxf <(xargs -n 1 <<<"$forbidden")
}

# nothing COMMAND...: it prints nothing
nothing() {
	local said
	said=$("$@")
	[ -z "$said" ] || { echo "$said"; false; }
}

compile() { # NAME, C on stdin; the object is $scratch/NAME.o
	"$cc" -c -x c -fPIC - -o "$scratch/$1.o"
}

check "the shared library shows what its header declares" \
	same "$header, libduban.so" "$(declared $header)" "$(shown "$build/libduban.so" -D)"
check "so does the archive" \
	same "$header, libduban.a" "$(declared $header)" "$(shown "$build/libduban.a")"
check "the page names the same functions at its top" \
	same "$header, $page" "$(declared $header)" "$(documented $page NAME .Nm)"
check "and declares them" \
	same "$header, $page" "$(declared $header)" "$(documented $page SYNOPSIS .Fn .Fo)"

case $variant in
release | debug)
	check "nothing is kept that is written to" nothing keeps "$build/libduban.a"
	check "it does not print, exit or change the process" nothing reaches "$build/libduban.a"
	;;
*)
	skip "nothing is kept that is written to" "the compiler adds its own in $variant"
	skip "it does not print, exit or change the process" "the compiler adds its own in $variant"
	;;
esac

# a program may have any other names for itself
own_names() {
	"$cc" ${san:-} -Ilib -o "$scratch/own" -x c - -x none "$build/libduban.a" \
		$(sed -n 's/^public_modules := //p' Makefile | xargs pkg-config --libs) \
		$(sed -n 's/^public_libs := //p' Makefile) -pthread <<-'END'
	#include <duban.h>
	#include <string.h>
	int schema_check, arena_alloc, map_get, str_add, finish, fail_with, yaml_read, yaml_next;
	static int n;
	void findings_add(void) { n += 100; }
	void schema_explain(void) { n += 100; }
	static void count(void *context, const struct duban_finding *f)
	{
		(void)context;
		n += f->line == 1 && f->column == 4;
	}
	int main(void)
	{
		struct duban_set *set = duban_set_new(count, NULL);
		struct duban_stream *stream = duban_open("d", "a: 1", 4, 0, count, NULL);
		int added = duban_set_add(set, NULL, "s", "properties: {a: {type: string}}", 31, 0);
		struct duban_schema *schema = duban_compile(set, NULL, 0);
		int result = duban_next(stream) == 1 ? duban_explain(schema, stream, count, NULL) : 9;
		duban_close(stream);
		duban_schema_free(schema);
		duban_set_free(set);
		return added == 0 && result == 1 && n == 1 ? 0 : 1;
	}
	END
	"$scratch/own"
}
check "a program may have any name that does not begin with duban_" own_names

check "the header is C99, and needs no other before it" eval \
	'"$cc" -std=c99 -pedantic -Wall -Wextra -Werror -fsyntax-only -x c $header'
cxx=$(command -v "${cc/gcc/g++}" || command -v c++)
[ "$cc" != clang ] || cxx=$(command -v clang++)
if echo '#include <cstddef>' | "${cxx:-false}" -E -x c++ - >"$scratch/cxx" 2>&1; then
	check "and C++" eval '"$cxx" -pedantic -Wall -Wextra -Werror -fsyntax-only -x c++ - <<-END
		#include "$header"
		static void tell(void *, const duban_finding *f) { (void)f->line; }
		bool f(const char *p) { return duban_open_path(p, DUBAN_JSON | DUBAN_PLAIN, tell, nullptr); }
	END'
else
	skip "and C++" "no C++ compiler"
fi

# block NUMBER: that of the page's EXAMPLES, as it is shown
block() {
	awk -v number="$1" '
	/^\.Sh / { inside = $2 == "EXAMPLES" }
	inside && /^\.Bd / { n++; next }
	/^\.Ed/ { n += 0.5 }
	inside && n == number' "$page" | sed 's/\\e/\\/g'
}
check "the page shows the example program" \
	diff <(block 1) <(sed -n '/^#include/,$p' examples/library/check.c)
check "the page's other example compiles" eval \
	'{ printf "#include <duban.h>\n#include <stdio.h>\n"; block 2.5
	echo "int (*use)(struct duban_set *) = tell_all;"; } |
	"$cc" -std=c11 -Wall -Wextra -Werror -fsyntax-only -Ilib -x c -'

# the tests themselves, on small libraries with one fault
check "sees a name too many" eval 'compile extra <<<"int duban_new(void) { return 0; } int other;" &&
	[ "$(shown "$scratch/extra.o")" = "duban_new
other" ]'
check "sees a counter" eval 'compile counter <<<"int f(void) { static int n; return n++; }" &&
	keeps "$scratch/counter.o" | grep -q "^.bss"'
check "sees a table that is not const" eval \
	'compile table <<<"static const char *t[] = { \"a\" }; const char **f(void) { return t; }" &&
	keeps "$scratch/table.o" | grep -q "^.data"'
check "a table that is const is none" eval \
	'compile const <<<"static const char *const t[] = { \"a\" }; const char *const *f(void) { return t; }" &&
	nothing keeps "$scratch/const.o"'
check "sees printing, also fortified" eval 'compile print <<-END &&
	int printf(const char *, ...); int __fprintf_chk(int); int snprintf(char *, unsigned long, const char *, ...);
	int f(char *p) { return printf(p) + __fprintf_chk(1) + snprintf(p, 1, p); }
	END
	[ "$(reaches "$scratch/print.o" | sort | xargs)" = "fprintf printf" ]'
check "sees an assertion" eval \
	'compile assertion <<<"#include <assert.h>
	void f(int n) { assert(n); }" && [ "$(reaches "$scratch/assertion.o")" = assert_fail ]'
finish
