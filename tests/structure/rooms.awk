# Include lines of the files against the rooms; includes.sh sets rooms, third_party and c_library.
BEGIN {
	n = split(ENVIRON["rooms"], names, " ")
	for (i = 1; i <= n; i++)
		rank[names[i]] = i
	n = split(ENVIRON["c_library"], names, " ")
	for (i = 1; i <= n; i++)
		known[names[i]] = 1
	n = split(ENVIRON["third_party"], lines, "\n")
	for (i = 1; i <= n; i++)
		if (split(lines[i], f, " ") == 2)
			where[f[1]] = f[2]
}
function wrong(what) {
	print FILENAME ":" FNR ": " what
	bad = 1
}
FNR == 1 {
	# lib/ROOM/x.c, lib/x.c (the public interface) and cmd/x.c; the latter two know all rooms
	split(FILENAME, path, "/")
	room = path[1] == "lib" && path[3] != "" ? path[2] : ""
	mine = room == "" ? 99 : rank[room]
	if (!mine)
		wrong("a room that the list of rooms does not hold: " room)
}
/^[ \t]*#[ \t]*include[ \t]*"/ {
	split($0, q, "\"")
	split(q[2], to, "/")
	if (to[2] == "") {
		if (!(room == "" && q[2] ~ /^duban(_parts)?\.h$/))
			wrong("\"" q[2] "\" does not say its room")
	} else if (!rank[to[1]])
		wrong("no such room: " q[2])
	else if (rank[to[1]] > mine)
		wrong("lib/" room " must not know lib/" to[1] ": " q[2])
}
/^[ \t]*#[ \t]*include[ \t]*</ {
	split($0, q, /[<>]/)
	if (q[2] in where) {
		if (FILENAME !~ where[q[2]])
			wrong("<" q[2] "> belongs behind " where[q[2]])
	} else if (!(q[2] in known))
		wrong("<" q[2] "> is in no list of tests/structure/includes.sh")
}
/^[ \t]*#[ \t]*include/ { includes++ }
END {
	if (includes < 3)
		wrong("hardly any include was seen: the test is broken")
	exit bad
}
