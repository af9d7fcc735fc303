# The reports under the real cron daemon, in a mount namespace of its own so that the host's tables are neither read nor
# changed, and on a disk that is full.
load ../cli/common

cron=$BATS_TEST_DIRNAME/../../examples/cron

make_more() {
	[ "$(id -u)" = 0 ] && unshare -m true 2>/dev/null || skip 'a namespace of its own needs root'
	plan-init rf >/dev/null
	mkdir rf/reports
}

@test "cron itself runs the line of the crontab" {
	[ -x /usr/sbin/cron ] || skip 'cron is not here: apt-get install cron'
	cp -r "$cron" cron
	# the first of its lines, but every minute, as root, with the programs that were built, and without mail
	awk -v path="$bin:/usr/bin:/bin" -v run="$work/cron/dispatch-reports $work/rf >>$work/told 2>&1" '
		/^PATH=/ { $0 = "PATH=" path }
		/^MAILTO=/ { $0 = "MAILTO=\"\"" }
		/dispatch-reports \/srv\/duban$/ {
			if (lines++)
				next
			sub(/^[0-9* ]+\tduban\t.*/, "* * * * *\troot\t" )
			$0 = $0 run
		}
		{ print }' "$cron/crontab" >table
	[ "$(grep -c "^\* \* \* \* \*	root	$work/cron/dispatch-reports $work/rf >>" table)" = 1 ]
	cat >namespace <<-END
		set -e
		mount --make-rprivate /
		for dir in /etc/cron.d /var/spool/cron /run; do mount -t tmpfs none \$dir; done
		mkdir -p /var/spool/cron/crontabs
		mount --bind /dev/null /etc/crontab
		install -m 644 table /etc/cron.d/duban
		env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin cron -f &
		daemon=\$!
		trap 'kill \$daemon' EXIT
		# it wakes up on the minute
		for i in \$(seq 900); do
			[ ! -s told ] || break
			sleep 0.1
		done
		sleep 0.2
	END
	unshare -m --propagation private sh namespace
	# the campaign is over: everything is due
	grep -q 'dispatch-reports: written: 2024-W15.html .* 2024-final.xlsx; as they were: 0' told
	[ "$(find rf/reports -type f | wc -l)" = 75 ]
	dispatch-report -C rf --week 2024-W18 --as-of 2024-05-06 --format html | cmp - rf/reports/2024-W18.html
}

@test "a disk that fills up: the old files stay, nothing half-written, status 3" {
	cat >namespace <<-END
		mount -t tmpfs -o size=300k none rf/reports
		"$cron/dispatch-reports" --formats html --now 2024-04-22T08:30:00+08:00 rf || exit 1
		cp -r rf/reports before
		# a little room is left
		head -c 1M /dev/zero >rf/reports/ballast 2>/dev/null
		truncate -s -20K rf/reports/ballast
		"$cron/dispatch-reports" --formats html --now 2024-07-01T08:30:00+08:00 rf && exit 1
		echo "status \$?"
		rm rf/reports/ballast
		ls -A rf/reports
		diff -r before rf/reports && echo same
	END
	status 0 unshare -m --propagation private sh namespace
	has "$output" 'status 3' same
	lacks "$output" .duban-
	has "$err" 'dispatch-report: cannot write to standard output' 'dispatch-reports: 2024-W15.html could not be made; written: nothing'
}
