# Every one of the 88 variants of what arrives from clerks (V01 to V88) has a test that carries its
# number in its name.
. tests/structure/tap.bash
export LC_ALL=C

last=88

# numbers FILE...: those in the names of tests
numbers() {
	sed -n 's/^@test "\(.*\)" {$/\1/p' "$@" | grep -oE '\bV[0-9]{2}\b' | sort -u
}

all() {
	seq -f 'V%02g' "$last"
}

each_is_tested() { # FILE...
	local missing
	missing=$(comm -23 <(all) <(numbers "$@") | xargs)
	[ -z "$missing" ] || { echo "without a test: $missing"; false; }
}

each_is_one() { # FILE...
	local unknown
	unknown=$(comm -13 <(all) <(numbers "$@") | xargs)
	[ -z "$unknown" ] || { echo "no such variant: $unknown"; false; }
}

check "every variant" each_is_tested tests/cli/*.bats tests/slow/*.bats
check "the numbers in names" each_is_one tests/cli/*.bats tests/slow/*.bats

cat >"$scratch/few.bats" <<'END'
@test "V01 V99 two" {
END
check "a variant without a test is seen" eval '! each_is_tested "$scratch/few.bats"'
check "so is a number that is none" eval '! each_is_one "$scratch/few.bats"'
finish
