#!/bin/sh
# items - invented press items, one JSON object a line, the same for the same number: for the crash tests and
# the speed of the whole way in.   usage: tests/crash/items.sh N [FIRST]
exec awk -v n="${1:?usage: tests/crash/items.sh N [FIRST]}" -v first="${2:-0}" '
	function pick(list, count, k) { return list[1 + (k % count)] }
	BEGIN {
		places = split("xã Khe Lau,xã Suối Trong,phường Vạn Lúa,xã Bến Đá,xã Đồi Gió,phường Hồ Sen,xã Cồn Mây,xã Thung Sim,xã Gò Điệp,phường Cầu Sậy,xã Mường Lụa,xã Hang Chuối,phường Bãi Cói,xã Rừng Thông,xã Đầm Le,xã Ngã Ba Vôi", place, ",")
		deeds = split("khánh thành trạm y tế,chậm trả tiền bồi thường,mở lớp tập huấn,sửa xong đoạn đường liên thôn,thiếu nước sạch nhiều ngày,công khai danh sách hỗ trợ,xử phạt cơ sở xả thải,trao nhà cho hộ nghèo,dời lịch đối thoại với dân,thay ống cấp nước đã gỉ,nghiệm thu kè chống sạt lở,bàn giao ba phòng học,mở hội thi nấu ăn,tiêm phòng đàn trâu bò,thu gom rác dọc suối,khai trương chợ phiên buổi tối,lắp đèn ở đường vào bản,trả lời kiến nghị về giá điện,đón đoàn học sinh đi thực tế,kiểm tra bếp ăn bán trú,thi tuyển công chức văn phòng,phát động trồng cây phân tán,cắm biển cảnh báo đuối nước,thanh lý xe công cũ,số hóa sổ hộ tịch", deed, ",")
		tails = split("theo thông báo sáng nay,sau ba tháng thi công,người dân cho biết,ủy ban nhân dân tỉnh yêu cầu báo cáo,trước mùa mưa,trong quý này,với vốn của chương trình mục tiêu,sau phản ánh của cử tri,nhờ đóng góp của bà con,chậm hơn kế hoạch hai tháng,trước kỳ họp cuối năm,theo đề án đã duyệt", tail, ",")
		outlets = split("Báo Tỉnh Mẫu,Đài Sông Trăng,Ngày Nay Mẫu,Tin Miền Thượng", outlet, ",")
		for (i = first; i < first + n; i++) {
			h = int((((i + 1) * 2654435761) % 4294967296) / 64)
			p = pick(place, places, int(h / 3)); d = pick(deed, deeds, int(h / 29)); t = pick(tail, tails, int(h / 331))
			day = int(i / 20); minute = (i % 20) * 72
			printf "{\"title\":\"%s %s, lần %d\",\"summary\":\"%s %s %s; việc thứ %d trong sổ của năm.\",\"text\":\"%s %s %s. %s. Có %d hộ liên quan; %s cũng %s. Trang sổ %d, hẹn %d ngày.\",", \
				toupper(substr(p, 1, 1)) substr(p, 2), d, i, p, d, t, i, p, d, t, pick(tail, tails, h + 5), 10 + h % 500, pick(place, places, h + 3), pick(deed, deeds, h + 11), i, 3 + h % 20
			printf "\"outlet\":\"%s\",\"link\":\"https://mau%d.example/tin/%d.html\",\"published\":\"2026-%02d-%02dT%02d:%02d:00+07:00\",\"sections\":[\"Thời sự\"]}\n", \
				pick(outlet, outlets, h), h % outlets, i, 1 + int(day / 28) % 12, 1 + day % 28, int(minute / 60), minute % 60
		}
	}'
