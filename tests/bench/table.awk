# A clerk's table of annex 1, as units send them in all campaign long: -v n=ROWS. All units, under
# several of their names, days as they are typed, nearly a hundred thousand enterprises, appeals of
# which some say nothing, some come again and again and most are like no other. The same rows
# whenever it is made; the last one is wrong, so that all are checked and none is written.

function random(most) { # a number below
	seed = (seed * 16807) % 2147483647
	return int(seed / 2147483647 * most)
}

function one_of(words, i) {
	return words[1 + i % words[0]]
}

function take(words, text,   n) {
	n = split(text, words, " ")
	words[0] = n
}

BEGIN {
	seed = 20240411
	take(units, "平凉市政务服务中心 泾川县政务服务中心 华亭市政务服务中心 静宁县政务服务中心 灵台 崇信县 庄浪县 崆峒区 " \
		"工业园区 市大数据中心 泾川县 华亭 静宁县 灵台县政务服务中心")
	take(towns, "平凉市 崆峒区 泾川县 灵台县 崇信县 华亭市 庄浪县 静宁县 甘肃 平凉")
	take(brands, "示例 示例甲 示例乙 示例丙 示例丁 示例戊 示例己 示例庚 示例辛 示例壬 示例癸")
	take(trades, "商贸 食品 建材 物流 餐饮管理 农机 药业 文化传媒 建筑工程 信息科技 果业 养殖")
	take(forms, "有限公司 有限责任公司 股份有限公司 合作社 经营部")
	take(families, "张 李 王 赵 陈 周 孙 马 杨 刘 吴 郭")
	take(days, "4-11 4-12 4-15 4-16 4-17 4-18 4-19 4-22 4-23 4-24 4-25 4-26 5-6 5-7 5-8 5-9 5-13 5-14 5-15 5-16 " \
		"5-20 5-21 5-22 5-23 6-3 6-4 6-5 6-6 6-17 6-18 6-19 6-20 7-1 7-2 7-3 7-4 7-8 7-9 7-10 7-15 7-16 8-5 8-6 8-7")
	take(matters, "食品经营许可 营业执照变更登记 建筑工程施工许可 药品经营许可 道路运输经营许可 不动产登记 社保缴费基数申报 " \
		"公积金缴存登记 动物防疫条件合格证 取水许可 户外广告设置审批 特种设备使用登记 排水许可 人力资源服务许可")
	take(faults, "需要重复提交营业执照复印件和法人身份证明 要往返三个窗口才能办完一件事 网上申报的材料两次被退回，页面没有写明缺少什么 " \
		"自助终端不支持电子营业执照登录，只能到人工窗口排队 审批时限比服务指南上写的长，企业等不起 " \
		"同一份材料在两个系统里各填一遍，内容完全一样 县里不能办，只能到市里办，来回一天")
	take(wishes, "希望能够减少材料 希望一次告知全部要求 建议网上一次办结 请求协调有关部门 希望提供帮办代办")
	take(answers, "已协调窗口调用电子营业执照，当场办结并告知企业 已向省级平台提交升级申请，期间由帮办人员代为登录办理 " \
		"已由审批窗口一次性告知缺项，并补齐后重新受理 已通过内部流转调取登记档案，企业只跑一次 " \
		"已安排专人对接，三个工作日内反馈办理结果 已列入本单位流程优化清单，六月底前完成")

	print "序号,走访单位,走访日期,走访指标类型,走访企业名称,企业反馈诉求,诉求解决方案,走访人签名\r"
	for (i = 1; i <= n; i++) {
		split(one_of(days, random(1000)), day, "-")
		form = random(6)
		if (form == 0)
			date = sprintf("2024年%d月%d日", day[1], day[2])
		else if (form == 1)
			date = sprintf("2024.%d.%d", day[1], day[2])
		else if (form == 2)
			date = sprintf("2024/%d/%d", day[1], day[2])
		else if (form == 3)
			date = sprintf("2024%02d%02d", day[1], day[2])
		else
			date = sprintf("2024-%02d-%02d", day[1], day[2])
		matter = one_of(matters, random(1000))
		sort = random(10)
		if (sort == 0)
			appeal = "无"
		else if (sort < 4)
			appeal = "办理" matter one_of(faults, random(1000))
		else
			appeal = sprintf("企业今年第%d次办理%s时反映，%s，前后用了%d天；%s。", 1 + random(9), matter, \
				one_of(faults, random(1000)), 1 + random(60), one_of(wishes, random(1000)))
		if (sort == 0)
			solution = "无"
		else if (sort < 6)
			solution = one_of(answers, random(1000))
		else
			solution = sprintf("%s；%s窗口负责人%s某已于%d月%d日电话回访，企业表示满意", one_of(answers, random(1000)), \
				matter, one_of(families, random(1000)), day[1], day[2])
		if (sort == 5)
			appeal = appeal "\n以上情况,请一并答复"
		printf "%d,%s,%s,%s,%s%s第%d号%s%s,\"%s\",%s,%s某、%s某某\r\n", i, one_of(units, random(1000)), \
			i == n ? "4.18" : date, random(3) ? "政务服务" : "市场准入", one_of(towns, random(1000)), \
			one_of(brands, random(1000)), random(4 * n), one_of(trades, random(1000)), one_of(forms, random(1000)), \
			appeal, solution, one_of(families, random(1000)), one_of(families, random(1000))
	}
}
