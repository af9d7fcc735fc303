#!/usr/bin/env bash
# tests/fault/git.sh BIN: runs the tests in which git brings clones together, a server judges what is pushed, and
# strangers hand in what they please, and writes what they did to README.md here. BIN: the folder of the programs.
set -eu
DUBAN_BIN=$(cd "${1:?the folder of the programs}" && pwd -P)
export DUBAN_BIN
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
work=$(mktemp -d "${TMPDIR:-/tmp}/duban-fault.XXXXXX")
trap 'rm -rf "$work"' EXIT
export GIT_COUNTS=$work/counts HOSTILE_COUNTS=$work/counts TMPDIR=$work
bats tests/slow/{git,hostile}.bats tests/cli/{record-guard,sparse,signed,duban-sync}.bats
{
	cat <<-'END'
		## Git

		`make fault-git` writes this: stock git between nine clones and a hub, each clone with a configuration of its own, and pushes to
		servers with the hooks of `examples/hooks`. Everywhere no conflict, no file lost or doubled, the same tree and the same reports;
		every push was taken or refused as the test says. And every command with hostile texts (`tests/hostile.txt`):
		none wrote outside, ran anything, hung, or died.

		| what | how often |
		| --- | ---: |
	END
	awk '
	BEGIN {
		n = split("written:files written offline|merges:merges|octopuses:octopus merges|squashes:squash merges|" \
			"rebases:rebases|cherry-picks:runs of cherry-picks|stashes:stashes around a pull|bundles:bundles pulled|" \
			"pushes:pushes to the hub|taken:pushes that a guarded server took|refused:pushes that it refused|" \
			"texts:hostile texts|places:options, operands, fields and names that took them|runs:runs with one of them", names, "|")
	}
	{ count[$1] += $2 }
	END {
		for (i = 1; i <= n; i++) {
			split(names[i], name, ":")
			printf "| %s | %d |\n", name[2], count[name[1]]
		}
	}' "$GIT_COUNTS"
} >"$work/section"
# in the place of the one before
awk -v section="$work/section" '
function put() { while ((getline line <section) > 0) print line; done = 1 }
/^## / { inside = $0 == "## Git"; if (inside) put(); else if (was) print ""; was = inside }
!inside { print }
END { if (!done) { print ""; put() } }' tests/fault/README.md >"$work/README.md"
cat "$work/README.md" >tests/fault/README.md
sed -n '/^|/p' "$work/section"
