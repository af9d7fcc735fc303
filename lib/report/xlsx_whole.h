/*
 * xlsx_whole.h: a workbook read again. Private to lib/report.
 *
 * libxlsxwriter writes each part into a file in $TMPDIR or /tmp first, and does not look whether it
 * could: on a full disk a part is cut short, and the book is closed all the same.
 */
#ifndef DUBAN_REPORT_XLSX_WHOLE_H
#define DUBAN_REPORT_XLSX_WHOLE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * xlsx_is_whole: whether every part ends with the end of its first element, and so many sheets have
 * panes, of whose memory alone the library does not tell that it did not get it. Else errno.
 */
bool xlsx_is_whole(const char *bytes, size_t n, unsigned panes);

#endif
