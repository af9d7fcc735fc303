# File systems of sticks, in a file: for tests that load common first.

# mounted TYPE SIZE MKFS...: an empty file system of this type at $work/stick, by the kernel, else by FUSE
mounted() {
	local type=$1 size=$2
	shift 2
	command -v "$1" >/dev/null || skip "$1 is not installed"
	truncate -s "$size" "$work/stick.img"
	"$@" "$work/stick.img" >/dev/null 2>&1
	mkdir "$work/stick"
	mount -t "$type" -o loop "$work/stick.img" "$work/stick" 2>"$work/err" && return
	by_fuse "$type" >/dev/null 2>&1 3>&- ||
		skip "neither the kernel nor FUSE mounts $type: $(head -n 1 "$work/err")"
}

# exfat-fuse takes a device only; the loop device goes when it is unmounted
by_fuse() {
	local loop
	case $1 in
	exfat)
		loop=$(losetup -f --show "$work/stick.img") || return 1
		mount.exfat-fuse "$loop" "$work/stick"
		losetup -d "$loop"
		;;
	vfat) fusefat -o rw+ "$work/stick.img" "$work/stick" ;;
	esac
	mountpoint -q "$work/stick"
}

# mounted_memory SIZE: a disk in memory at $work/stick
mounted_memory() {
	mkdir "$work/stick"
	mount -t tmpfs -o "size=$1" none "$work/stick" 2>"$work/err" || skip "cannot mount: $(head -n 1 "$work/err")"
}

teardown() {
	cd /
	! mountpoint -q "$work/stick" || umount "$work/stick" || return 1
	chmod -R u+w "$work" && rm -rf "$work"
}
