#!/bin/sh
# items - invented press items, one JSON object a line, the same for the same number: for the crash tests and
# the speed of the whole way in.   usage: tests/crash/items.sh N [FIRST]
exec awk -v n="${1:?usage: tests/crash/items.sh N [FIRST]}" -v first="${2:-0}" '
	function pick(list, count, k) { return list[1 + (k % count)] }
	BEGIN {
		places = split("xã Khe Lau,xã Suối Trong,phường Vạn Lúa,xã Bến Đá,xã Đồi Gió,phường Hồ Sen,xã Cồn Mây", place, ",")
		deeds = split("khánh thành trạm y tế,chậm trả tiền bồi thường,mở lớp tập huấn,sửa xong đoạn đường liên thôn,thiếu nước sạch nhiều ngày,công khai danh sách hỗ trợ,xử phạt cơ sở xả thải,trao nhà cho hộ nghèo,dời lịch đối thoại với dân", deed, ",")
		tails = split("theo thông báo sáng nay,sau ba tháng thi công,người dân cho biết,ủy ban nhân dân tỉnh yêu cầu báo cáo,trước mùa mưa,trong quý này", tail, ",")
		outlets = split("Báo Tỉnh Mẫu,Đài Sông Trăng,Ngày Nay Mẫu,Tin Miền Thượng", outlet, ",")
		for (i = first; i < first + n; i++) {
			h = (i * 7919 + 104729) % 1000003
			p = pick(place, places, int(h / 3)); d = pick(deed, deeds, int(h / 29)); t = pick(tail, tails, int(h / 331))
			day = int(i / 60); minute = (i % 60) * 24
			printf "{\"title\":\"%s %s, lần %d\",\"summary\":\"%s %s %s; việc thứ %d trong sổ của năm.\",\"text\":\"%s %s %s. Có %d hộ dân liên quan. Việc này được ghi ở trang %d. Cán bộ phụ trách hẹn trả lời trong %d ngày.\",", \
				toupper(substr(p, 1, 1)) substr(p, 2), d, i, p, d, t, i, p, d, t, 10 + h % 500, i, 3 + h % 20
			printf "\"outlet\":\"%s\",\"link\":\"https://mau%d.example/tin/%d.html\",\"published\":\"2026-%02d-%02dT%02d:%02d:00+07:00\",\"sections\":[\"Thời sự\"]}\n", \
				pick(outlet, outlets, h), h % outlets, i, 1 + int(day / 28) % 12, 1 + day % 28, int(minute / 60), minute % 60
		}
	}'
