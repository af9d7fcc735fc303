# The catalogues: each lib/po/*.po has a translation of every message that is in the sources now,
# none of them a guess, and msgfmt --check has nothing to say.
. tests/structure/tap.bash
unset LANGUAGE
export LC_ALL=C

# the template, by the command of `make po`, elsewhere
template() {
	local command
	command=$(make -s -n po 2>/dev/null | sed -n '/^xgettext/,/[^\\]$/p') || return 1
	[[ $command == *" lib/po/duban.pot "* ]] || { echo "make po runs no xgettext"; return 1; }
	eval "${command/ lib\/po\/duban.pot / \"\$scratch\/duban.pot\" }" &&
		grep -q '^msgid "error"$' "$scratch/duban.pot"
}

# none WHY FILE: the catalogue holds no message but its head; else which, with their places
none() {
	local n
	n=$(grep -c '^msgid ' "$2")
	[ "$n" -le 1 ] || { echo "$1: $((n - 1))"; sed 1,/^$/d "$2"; false; }
}

complete() { # PO
	msgmerge -q --no-fuzzy-matching --no-wrap -o "$scratch/new.po" "$1" "$scratch/duban.pot" &&
		msgattrib --no-obsolete --only-fuzzy -o "$scratch/fuzzy.po" --force-po "$scratch/new.po" &&
		none "fuzzy messages, run make po" "$scratch/fuzzy.po" &&
		msgattrib --no-obsolete --untranslated -o "$scratch/not.po" --force-po "$scratch/new.po" &&
		none "messages without a translation, run make po" "$scratch/not.po" &&
		msgfmt --check -o /dev/null "$1"
}

check "the template is made from the sources" template
check "there is a Chinese catalogue" [ -e lib/po/zh_CN.po ]
for po in lib/po/*.po; do
	check "$po is complete" complete "$po"
done

# the test itself, on a catalogue of two messages
cat >"$scratch/duban.pot" <<'END'
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\n"

msgid "error"
msgstr ""

#, c-format
msgid "line %u: "
msgstr ""
END
passes() { # SED
	{
		printf 'msgid ""\nmsgstr ""\n"Project-Id-Version: x\\n"\n"PO-Revision-Date: x\\n"\n'
		printf '"Last-Translator: x\\n"\n"Language-Team: x\\n"\n"Language: zh_CN\\n"\n'
		printf '"Content-Type: text/plain; charset=UTF-8\\n"\n'
		printf '"MIME-Version: 1.0\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n\n'
		printf 'msgid "error"\nmsgstr "错误"\n\n'
		printf '#, c-format\nmsgid "line %%u: "\nmsgstr "第 %%u 行："\n'
	} | sed "$1" >"$scratch/x.po"
	complete "$scratch/x.po"
}
check "a catalogue that is right" passes ''
check "sees a message that is missing" eval '! passes "/msgid .error/,/^$/d"'
check "sees a message that was changed" eval '! passes "s/msgid .error/&s/"'
check "sees an empty translation" eval '! passes "s/错误//"'
check "sees a fuzzy one" eval '! passes "s/^msgid .error/#, fuzzy\n&/"'
check "sees another argument" eval '! passes "s/第 %u/第 %s/"'
finish
