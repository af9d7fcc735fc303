# The rooms of lib: data flows one way, so a room knows only the rooms above it. Third-party headers
# stay behind the one file that needs them, private headers in their room, and only lib/cli and the
# commands know the environment, the clock and argv.
. tests/structure/tap.bash
here=$PWD/tests/structure

# a file of room N may include headers of rooms up to N
rooms="base yaml schema store model report intake cli"

# header and the files that may include it, as an awk pattern
third_party="
yaml.h          ^lib/yaml/read\\.c$
pcre2.h         ^lib/schema/pattern\\.c$
gmp.h           ^lib/schema/number\\.c$
csv.h           ^lib/report/[a-z_]+\\.c$|^lib/intake/[a-z_]+\\.c$
iconv.h         ^lib/report/encode\\.c$|^lib/intake/[a-z_]+\\.c$
xlsxwriter.h    ^lib/report/xlsx[a-z_]*\\.c$
zip.h           ^lib/report/package\\.c$
expat.h         ^lib/intake/[a-z_]+\\.c$
utf8proc.h      ^lib/base/utf8\\.c$
unicase.h       ^lib/schema/idna\\.c$
unictype.h      ^lib/schema/idna\\.c$
uninorm.h       ^lib/schema/idna\\.c$
nettle/base16.h ^lib/store/evidence\\.c$|^lib/store/git_blob\\.c$
nettle/sha1.h   ^lib/store/git_blob\\.c$
nettle/sha2.h   ^lib/store/evidence\\.c$|^lib/store/git_blob\\.c$
argp.h          ^lib/cli/args\\.c$
libintl.h       ^lib/base/msg\\.h$|^lib/cli/cli\\.c$
locale.h        ^lib/cli/[a-z_]+\\.c$
"
# the C library's; what is in neither list is a dependency that nobody has spoken of
c_library="arpa/inet.h assert.h ctype.h dirent.h endian.h errno.h fcntl.h fts.h inttypes.h limits.h poll.h pthread.h
sched.h signal.h spawn.h stdalign.h stdarg.h stdatomic.h stdbool.h stddef.h stdint.h stdio.h stdlib.h string.h
strings.h sys/file.h sys/ioctl.h sys/mman.h sys/random.h sys/stat.h sys/sysmacros.h sys/types.h sys/vfs.h sys/wait.h
termios.h time.h unistd.h"

# NAME:WORDS:FILES calls of these functions only in these files
calls="
environment:getenv|secure_getenv|setenv|putenv|environ:^lib/cli/|^cmd/
clock:time|gettimeofday|clock_gettime|localtime|localtime_r|gmtime|mktime|strftime:^lib/cli/|^cmd/
locale:setlocale|bindtextdomain|textdomain|nl_langinfo:^lib/cli/
files:open|openat|realpath|fopen|freopen|stat|fstatat|lstat|unlink|unlinkat|rename|renameat2|mkdir|mkdirat|opendir|mkstemp|tmpfile|remove:^lib/base/file.c$|^lib/store/|^lib/cli/|^cmd/
printing:printf|puts|putchar|perror|fputs|fprintf:^lib/cli/|^cmd/
end of the program:exit|abort|_exit:^lib/cli/|^cmd/
banned:gets|strcat|strtok|alloca|atof|strtod|system|popen|setjmp|longjmp:^$
"

# sources TREE: all of them, public headers of lib/ itself included
sources() {
	(cd "$1" && find lib cmd -name '*.[ch]' 2>/dev/null | LC_ALL=C sort)
}

# each prints what is wrong and fails then
check_rooms() {
	(cd "$1" && sources . | rooms=$rooms third_party=$third_party c_library=$c_library \
		xargs awk -f "$here/rooms.awk")
}

# a header that says `Private to lib/X` is included in lib/X only (and in tests)
check_private() {
	local tree=$1 header room who bad=0
	while IFS=: read -r header room; do
		who=$(cd "$tree" && grep -rlF "#include \"${header#lib/}\"" lib cmd |
			grep -v "^$room/")
		[ -z "$who" ] || {
			echo "$header is private to $room, but is included by" $who
			bad=1
		}
	done < <(cd "$tree" && sources . | grep '^lib/.*\.h$' | xargs awk '
		FNR == 1 { text = "" }
		FNR <= 8 {
			sub(/^ *\*/, "")
			text = text $0
		}
		FNR == 8 && match(text, /[Pp]rivate to +lib\/[a-z]+/) {
			room = substr(text, RSTART, RLENGTH)
			sub(/.*lib/, "lib", room)
			print FILENAME ":" room
		}')
	return $bad
}

# calls of what only some files may call; comments and texts do not count
check_calls() {
	local tree=$1 what words where bad=0 found
	while IFS=: read -r what words where; do
		[ -n "$what" ] || continue
		found=$(cd "$tree" && sources . | grep '\.c$' | grep -Ev "$where" | xargs -r awk \
			-v words="$words" '
			{
				line = $0
				gsub(/"([^"\\]|\\.)*"/, "\"\"", line)
				if (line ~ /^[ \t]*\/?\*/)
					next
				sub(/\/\*.*/, "", line)
				if (line ~ "(^|[^A-Za-z0-9_.>])(" words ")\\(")
					print FILENAME ":" FNR ": " $0
			}')
		[ -z "$found" ] || {
			echo "$what: only in $where"
			echo "$found"
			bad=1
		}
	done <<<"$calls"
	return $bad
}

check "a room knows only the rooms above it" check_rooms .
check "private headers stay in their room" check_private .
check "each concern has its room" check_calls .

# the tests themselves, on a small tree with one fault at a time
tree=$scratch/tree
good_tree() {
	rm -rf "$tree"
	mkdir -p "$tree"/lib/{base,yaml,store} "$tree/cmd"
	printf '#include <stdio.h>\nint a;\n' >"$tree/lib/base/a.h"
	printf '#include "base/a.h"\n#include <string.h>\n#include "yaml/p.h"\n' \
		>"$tree/lib/yaml/b.c"
	printf '/*\n * p.h: parts. Private to\n * lib/yaml.\n */\n\n\n\n\n' >"$tree/lib/yaml/p.h"
	printf '#include "yaml/b.h"\n#include "base/a.h"\n' >"$tree/cmd/c.c"
}

# sees CHECK FILE LINE: the check passes without the line in the file and fails with it
sees() {
	good_tree
	"$1" "$tree" || { echo "fails on a good tree"; return 1; }
	echo "$3" >>"$tree/$2"
	! "$1" "$tree"
}
check "sees an include that goes down" sees check_rooms lib/base/a.h '#include "yaml/b.h"'
check "sees an unknown room" sees check_rooms cmd/c.c '#include "cellar/b.h"'
check "sees an include without a room" sees check_rooms lib/yaml/b.c '#include "a.h"'
check "sees a third-party header elsewhere" sees check_rooms lib/base/b.c '#include <yaml.h>'
check "sees a header that nobody listed" sees check_rooms cmd/c.c '#include <curl/curl.h>'
check "sees a private header elsewhere" sees check_private cmd/c.c '#include "yaml/p.h"'
check "sees a clock" sees check_calls lib/yaml/b.c 'int x = time(NULL);'
check "sees a banned function" sees check_calls cmd/c.c '	strcat(a, b);'
finish
