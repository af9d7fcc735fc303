/*
 * jpeg.h: private to evidence: a JPEG without what is written beside the picture.
 *
 * Works on the structure of ITU-T T.81 annex B alone; the picture is not decoded and its coded data
 * stay as they are, byte for byte.
 */
#ifndef DUBAN_STORE_JPEG_H
#define DUBAN_STORE_JPEG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* jpeg_is: whether n bytes start as a JPEG does (SOI); what they are named does not matter. */
bool jpeg_is(const char *bytes, size_t n);

/*
 * jpeg_clean: appends to out the picture of a JPEG (jpeg_is): tables, frame and scans, and of the
 * application segments JFIF (without its thumbnail), colour profile and Adobe's transform. All
 * other application segments, comments, fill bytes and whatever follows the end of the image are
 * left out. The same bytes give the same result; a cleaned picture stays as it is.
 *
 * False, with nothing appended, when the bytes are not accounted for up to the end of the image: it
 * ends early, a length does not fit its segment, something unknown lies between two segments, a
 * process that no camera uses (hierarchical, JPEG-LS). False also when out could not grow; then
 * out->failed is set.
 */
bool jpeg_clean(const char *bytes, size_t n, struct str *out);

#endif
