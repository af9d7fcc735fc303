/* record-import: clerks' tables and forms into records (附件1, 附件2, 指标数据). */
#include "cli/import.h"

int main(int argc, char **argv)
{
	return import_main(argc, argv);
}
