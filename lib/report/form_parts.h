/*
 * form_parts.h: private to lib/report: what the forms have in common.
 */
#ifndef DUBAN_REPORT_FORM_PARTS_H
#define DUBAN_REPORT_FORM_PARTS_H

#include "report/form.h"

/* domain 2.12: what the data is for is said on the form itself (PIPL, articles 17 and 35) */
#define FORM_NOTICE "注：表内个人信息仅用于本次专项活动，请妥善保管，不得外传、公开。"

/* form_count: begins the line of entry `i`, from 0, of several: its number, apart from a digit
 * behind it, so that 1.12345 is no figure to whoever reads it, record-import among them. */
void form_count(struct str *out, size_t i, const char *text);

/* heights in points */
#define FORM_TITLE 36
#define FORM_HEAD 30
#define FORM_ROW 46 /* eight of them, title and header fill a page of A4 across */

#endif
