# Signed commits and tags, with keys that are thrown away: a hook that asks git verify-commit.

load common
load hub

# key UNIT: made, and known to the server
key() {
	ssh-keygen -q -t ed25519 -N '' -C "$1" -f "$work/$1.key"
	echo "$1 namespaces=\"git\" $(cat "$work/$1.key.pub")" >>"$work/signers"
}

sign_as() {
	git config gpg.format ssh
	git config user.signingKey "$work/$1.key"
	git config commit.gpgSign true
}

signing_hub() {
	hub
	cp "$hooks/pre-receive-signed" "$work/hub.git/hooks/pre-receive"
	git -C "$work/hub.git" config gpg.format ssh
	git -C "$work/hub.git" config gpg.ssh.allowedSignersFile "$work/signers"
	key jingchuan
	key lingtai
}

@test "only commits that are signed by the unit are taken" {
	signing_hub
	local v
	v=$(add_visit 泾川)
	commit
	keep=1
	! push jingchuan
	has "$output" "$(git rev-parse HEAD):refs/heads/main: error: the commit is not signed" '[unsigned]' 'commit.gpgSign true'
	# as the hint says
	sign_as jingchuan
	git rebase -q --exec 'git commit -q --amend --no-edit' origin/main
	taken jingchuan
	git -C "$work/hub.git" verify-commit main
	git -C "$work/hub.git" cat-file -e "main:$v"
	# with another unit's key, with one that nobody knows
	add_visit 泾川 示例乙食品有限公司 >/dev/null
	sign_as lingtai
	commit
	! push jingchuan
	has "$output" '[unsigned]'
	ssh-keygen -q -t ed25519 -N '' -f "$work/unknown.key"
	sign_as unknown
	git commit -q --amend --no-edit
	! push jingchuan
	has "$output" '[unsigned]'
	# what record-guard says is said all the same
	sign_as lingtai
	git commit -q --amend --no-edit
	! push lingtai
	has "$output" '[other-unit]'
	# a signature whose commit was changed
	sign_as jingchuan
	git commit -q --amend --no-edit
	git cat-file commit HEAD | sed 's/登记/等级/' >"$work/changed"
	git reset -q --soft "$(git hash-object -t commit -w "$work/changed")"
	! push jingchuan
	has "$output" '[unsigned]'
	git commit -q --amend --no-edit
	taken jingchuan
	# in an unsigned commit below a signed one
	add_visit 泾川 示例丙食品有限公司 >/dev/null
	git add -A
	git commit -q --no-gpg-sign -m 登记
	add_visit 泾川 示例丁食品有限公司 >/dev/null
	commit
	! push jingchuan
	has "$output" "$(git rev-parse HEAD~1):refs/heads/main: error"
	lacks "$output" "$(git rev-parse HEAD):refs/heads/main"
}

@test "a signed tag says what the folder was" {
	signing_hub
	key pingliang
	sign_as pingliang
	git tag -sm 2024年5月 2024-05
	taken pingliang origin 2024-05
	git -C "$work/hub.git" verify-tag 2024-05
	add_visit pingliang >/dev/null
	commit
	taken pingliang
	status 0 record-check --against 2024-05
	rm lingtai/.keep
	status 1 record-check --against 2024-05
	has "$output" 'lingtai/.keep: error'
}
