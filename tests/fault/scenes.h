/*
 * scenes.h: the commands that write, each as it is run in a system in which calls fail. They start
 * in the record folder of tests/fault/base.
 */
#ifndef DUBAN_TESTS_SCENES_H
#define DUBAN_TESTS_SCENES_H

#include <stdbool.h>
#include <stddef.h>

#define MOST_WORDS 32

/* what a command writes into */
enum place {
	RECORDS, /* the record folder */
	NEW,     /* a record folder that it makes: ../out */
	BESIDE,  /* ../out, where the words say so; the same bytes every time */
};

struct scene {
	const char *title;
	enum place place;
	size_t adds;       /* paths that it prints */
	const char *input; /* its standard input, or NULL */
	const char *every; /* FAULT_EVERY: a poorer file system, or NULL */
	bool fed;          /* writes XLSX, and libxlsxwriter does not survive that memory fails */
	const char *words[MOST_WORDS];
};

#define AT "--at", "2024-05-08T10:00:00+08:00"
#define VISIT                                                                                      \
	"--indicator-type", "政务服务", "--enterprise", "示例庚", "--appeal", "无", "--visitor",   \
		"张某"
#define PLAN_PROBLEM "p-20240410-000002"
#define OWNER "--unit", "pingliang", "--by", "周某"

static const struct scene SCENES[] = {
	{ "plan-init", NEW, 21, .words = { "plan-init", "../out" } },
	{ "visit-add", RECORDS, 1, .words = { "visit-add", AT, VISIT } },
	{ "visit-add, no rename flags", RECORDS, 1, .every = "renameat2=EINVAL",
	  .words = { "visit-add", AT, VISIT } },
	{ "visit-add, no links either", RECORDS, 1, .every = "renameat2=EINVAL linkat=EPERM",
	  .words = { "visit-add", AT, VISIT } },
	{ "visit-add --file -", RECORDS, 3, .input = "in/visits.yaml",
	  .words = { "visit-add", AT, "--file", "-" } },
	{ "walk-add", RECORDS, 1,
	  .words = { "walk-add", AT, "--experiencer", "王某", "--position", "首席代表", "--matter",
		     "开办餐馆", "--method", "线下窗口", "--finding", "无", "--suggestions",
		     "一" } },
	{ "inspect-add", RECORDS, 1,
	  .words = { "inspect-add", AT, "--point", "12", "--inspector", "赵某", "--windows-total",
		     "42", "--windows-covered", "40" } },
	{ "visit-plan", RECORDS, 1,
	  .words = { "visit-plan", AT, "--period", "2024-05", "--target", "2024-05-10=示例乙",
		     "--approved-by", "陈某" } },
	{ "supervise-log", RECORDS, 1,
	  .words = { "supervise-log", AT, OWNER, "--form", "order", "--subject", "lingtai",
		     "--trigger", "incomplete", "--requirement", "三日内报送", "--due",
		     "2024-05-24", "--problem", PLAN_PROBLEM } },
	{ "indicator-add", RECORDS, 1,
	  .words = { "indicator-add", AT, "--indicator", "seal-rate", "--numerator", "1",
		     "--denominator", "2" } },
	{ "submission-add", RECORDS, 1,
	  .words = { "submission-add", AT, "--period", "2024-final" } },
	{ "problem-log --source", RECORDS, 1,
	  .words = { "problem-log", AT, "--source", "v-20240418-7k3fq2" } },
	{ "rectify-status, evidence", RECORDS, 1,
	  .words = { "rectify-status", PLAN_PROBLEM, AT, OWNER, "--to", "rectifying", "--note",
		     "开始", "--evidence", "../in/photo.txt", "--type", "photo" } },
	{ "rectify-status, no folder locks", RECORDS, 1, .every = "flock-folder=EBADF",
	  .words = { "rectify-status", PLAN_PROBLEM, AT, OWNER, "--note", "一" } },
	{ "evidence-add", RECORDS, 1,
	  .words = { "evidence-add", "v-20240418-7k3fq2", "../in/photo.txt", "../in/list.txt", AT,
		     "--type", "training" } },
	{ "evidence-add, there already", RECORDS, 1,
	  .words = { "evidence-add", "v-20240418-7k3fq2", "../in/form.txt", AT, "--type",
		     "form" } },
	{ "record-import", RECORDS, 2,
	  .words = { "record-import", "--form", "annex-1", AT, "../in/visits.csv" } },
	{ "record-import, GB18030", RECORDS, 2,
	  .words = { "record-import", "--form", "annex-1", AT, "../in/gb18030.csv" } },
	{ "record-import --update", RECORDS, 3,
	  .words = { "record-import", "--form", "annex-1", "--update", AT, "../in/visits.csv" } },
	{ "record-export -o", BESIDE, 0,
	  .words = { "record-export", "--form", "annex-1", "--as-of", "2024-05-22", "-o",
		     "../out/visits.csv" } },
	{ "record-export --submission", BESIDE, 0, .fed = true,
	  .words = { "record-export", "--submission", "../out/handed-in", "--unit", "jingchuan",
		     "--as-of", "2024-05-22" } },
};

#define NSCENES (sizeof(SCENES) / sizeof(*SCENES))

#endif
