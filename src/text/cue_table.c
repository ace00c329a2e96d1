/*
 * cue_table - the patterns, by what they speak for. Patterns and weights (tenths) are set by hand and by judgement; how
 * much each is worth in truth is for the trained model to find.
 */
#include "text/cue.h"

const char *const cue_negations = "không|chưa|chẳng|không hề|chưa hề|không được|chưa được|không thể|chưa thể|không còn|đừng|tránh|tránh để|"
	"không để|phòng|phòng chống|chống|phòng ngừa";

const char *const cue_offices = "chủ tịch|phó chủ tịch|bí thư|phó bí thư|giám đốc sở|phó giám đốc sở|bộ trưởng|thứ trưởng|thủ tướng|phó thủ tướng|"
	"chánh án|viện trưởng|thẩm phán|kiểm sát viên|trưởng phòng|phó trưởng phòng|trưởng công an|cán bộ|công chức|viên chức|quan chức|"
	"đại biểu|đại biểu quốc hội|chính quyền|cơ quan chức năng|lực lượng chức năng|ngành chức năng|trưởng ban|cục trưởng|phó cục trưởng|vụ trưởng|"
	"hiệu trưởng|địa phương|nhà chức trách|tổng bí thư|chủ tịch nước|chủ tịch quốc hội|chiến sĩ|bộ đội|tổ công tác|đội trưởng|thượng úy|"
	"đại úy|thiếu tá|trung tá|thượng tá|đại tá|thiếu tướng|trung tướng|lãnh đạo tỉnh|lãnh đạo xã|lãnh đạo phường|lãnh đạo thành phố|kiểm lâm viên|"
	"chi cục trưởng|chủ tịch xã|chủ tịch phường|chủ tịch huyện|chủ tịch tỉnh|chủ tịch ubnd|thanh tra|cơ quan quản lý|bộ ngành|các bộ|sở ngành";

const struct cue_row cue_rows[] = {
	/* words that hold others by chance */
	{ CUE_NOTHING, 1, "xác định|xác nhận|xác minh|chính xác|xác suất|chính sách|danh sách|ngân sách|yêu cầu|nhu cầu|toàn cầu|cầu thủ|cầu nguyện|địa cầu|"
		"nổi bật|bùng nổ|nổ lực|ban nhạc|tù và|tù mù|lũ lượt|bão giá|cơn bão dư luận|chết mê|mất bao|mất bao lâu|mất ngủ|cháy vé|cháy hàng|cháy hết mình|cháy túi|"
		"thiếu tá|thiếu tướng|thiếu niên|thiếu nhi|thiếu nữ|thiếu úy|thanh thiếu niên|đẹp trai|thắng cảnh|thắng lợi|chiến thắng|danh thắng|thua kém|"
		"rơi vào|đâm ra|đâm đơn|rừng tràm|phim trường|thuốc lá|heo may|tôm hùm|lúa mì|gạo cội|sách lược|sách giáo khoa|chip ngô|luật sư|luật chơi|"
		"kỷ luật thép|đẹp nhất|đền bù|đền thờ|chùa chiền|thương mại|thương hiệu|thương lượng|đối mặt|mặt trời|thuế quan" },
	/* bad news */
	{ CUE_BAD, 20, "tử vong|thiệt mạng|chết|qua đời|thương vong|bị thương|nguy kịch|tử nạn|đuối nước|mất tích|thi thể|xác|tử thi|hy sinh" },
	{ CUE_BAD, 18, "tai nạn|va chạm|lật xe|cháy|hỏa hoạn|nổ|sập|sạt lở|lũ|lũ quét|ngập|bão|vỡ đê|hạn hán|động đất|chìm|rơi|lao xuống|tông" },
	{ CUE_BAD, 18, "giết|đâm|chém|cướp|trộm|lừa đảo|chiếm đoạt|ma túy|hiếp dâm|xâm hại|dâm ô|bạo hành|đánh đập|hành hung|mại dâm|cờ bạc|buôn lậu|bắt cóc" },
	{ CUE_BAD, 16, "bị bắt|bắt tạm giam|bị khởi tố|khởi tố|tạm giam|tạm giữ|truy tố|xét xử|lãnh án|tù|án tử hình|tử hình|tù chung thân|truy nã|bị phạt|xử phạt|hầu tòa" },
	{ CUE_BAD, 16, "vi phạm|sai phạm|gian lận|làm giả|hàng giả|thuốc giả|trái phép|không phép|trục lợi|tham nhũng|nhận hối lộ|đưa hối lộ|tham ô|tiêu cực|lãng phí" },
	{ CUE_BAD, 15, "ô nhiễm|xả thải|hôi thối|bụi mịn|rác thải|ngộ độc|nhiễm khuẩn|dịch bệnh|ổ dịch|dịch tả|sốt xuất huyết|bùng phát|suy thoái|cạn kiệt" },
	{ CUE_BAD, 14, "thua lỗ|phá sản|sụt giảm|giảm mạnh|lao dốc|thiếu hụt|thất nghiệp|mất việc|nợ xấu|nợ lương|đình trệ|khủng hoảng|ế ẩm|thâm hụt|bốc hơi" },
	{ CUE_BAD, 14, "chậm tiến độ|trễ hẹn|ì ạch|bỏ hoang|xuống cấp|hư hỏng|dở dang|đắp chiếu|chậm trễ|đội vốn|kẹt xe|ùn tắc|quá tải|tắc nghẽn" },
	{ CUE_BAD, 14, "bức xúc|khiếu nại|tố cáo|phản ánh|phàn nàn|kêu cứu|khổ sở|lo lắng|lo ngại|hoang mang|bất an|than trời|điêu đứng|lao đao|khốn khổ|khốn đốn" },
	{ CUE_BAD, 12, "cảnh báo|nguy cơ|đe dọa|rủi ro|thiệt hại|tổn thất|hậu quả|thảm họa|bi kịch|đau lòng|tang thương|nghi vấn|bê bối|scandal|chỉ trích|lên án" },
	{ CUE_BAD, 12, "bị đình chỉ|bị kỷ luật|kỷ luật|cách chức|khai trừ|thu hồi giấy phép|bị thu hồi|bị hủy|hủy bỏ|bị cấm|cưỡng chế|bị tố|bị tấn công|tấn công|không kích" },
	{ CUE_BAD, 10, "thất bại|thua|bị loại|chấn thương|suy giảm|khó khăn|vướng mắc|bế tắc|thiếu|mất|hỏng|bệnh|ung thư|đột quỵ|trầm cảm|tự tử|bỏ trốn|bỏ rơi" },
	{ CUE_BAD, 12, "giá * tăng vọt|tăng giá|đắt đỏ|ăn chặn|bóc lột|quấy rối|đe dọa|bắt nạt|bạo lực|đánh nhau|hỗn chiến|nổ súng|xung đột|chiến tranh" },
	/* good news */
	{ CUE_GOOD, 18, "khánh thành|thông xe|khởi công|đưa vào sử dụng|đi vào hoạt động|khai trương|hoàn thành|về đích|vượt tiến độ|vượt kế hoạch" },
	{ CUE_GOOD, 18, "cứu sống|cứu * người|giải cứu|cứu hộ thành công|tìm thấy|thoát chết|hồi sinh|phẫu thuật thành công|ghép * thành công|kịp thời cứu" },
	{ CUE_GOOD, 16, "tăng trưởng|tăng lương|kỷ lục|khởi sắc|bứt phá|phục hồi|đột phá|vượt mốc|tăng thu|xuất siêu|cải thiện|nâng cao|bội thu|được mùa" },
	{ CUE_GOOD, 16, "hỗ trợ|trao tặng|tặng quà|miễn phí|miễn học phí|giảm thuế|miễn thuế|giảm giá|trợ cấp|học bổng|ủng hộ|quyên góp|chung tay|nhà tình thương|xóa nhà tạm" },
	{ CUE_GOOD, 16, "vinh danh|khen thưởng|giải thưởng|đoạt giải|giành * huy chương|huy chương vàng|vô địch|chiến thắng|đăng quang|biểu dương|tuyên dương|bằng khen|được công nhận|di sản thế giới" },
	{ CUE_GOOD, 14, "thành công|thắng lợi|hiệu quả|tháo gỡ|gỡ vướng|cắt giảm thủ tục|giải tỏa|thoát nghèo|giảm nghèo|đạt chuẩn|nông thôn mới|hạnh phúc|niềm vui|phấn khởi|vui mừng" },
	{ CUE_GOOD, 14, "dũng cảm|quên mình|tử tế|nhặt được|trả lại|hiến máu|hiến tạng|tình nguyện|ấm áp|ấm lòng|nghĩa tình|lan tỏa|sẻ chia|truyền cảm hứng" },
	{ CUE_GOOD, 12, "thu hút|hợp tác|ký kết|mở rộng|cơ hội|điểm sáng|hút khách|đông khách|bùng nổ du lịch|phát triển mạnh|tiên phong|dẫn đầu|top đầu|xếp hạng cao|đẹp" },
	{ CUE_GOOD, 12, "thắng|giành vé|lập công|tỏa sáng|huy chương|hoàn tất|đổi đời|làm giàu|thu nhập * tỉ|thu nhập * tỷ|đầu tiên tại việt nam|nhanh chóng|an toàn trở về" },
	/* the body delivers */
	{ CUE_FAVOURABLE, 20, "triệt phá|triệt xóa|phá đường dây|phá chuyên án|đánh sập|bóc gỡ|bắt nhanh|bắt gọn|phá án|khống chế|ngăn chặn|chặn đứng|bắt quả tang|đột kích" },
	{ CUE_FAVOURABLE, 18, "@body * giải cứu|@body * cứu|@body * kịp thời|@body * hỗ trợ|@body * tháo gỡ|@body * gỡ vướng|@body * trao|@body * tặng|@body * giúp" },
	{ CUE_FAVOURABLE, 16, "@body * khen thưởng|@body * biểu dương|@body * vinh danh|@body * gặp mặt|@body * thăm hỏi|@body * động viên|@body * tiếp nhận phản ánh" },
	{ CUE_FAVOURABLE, 16, "sẽ được hưởng|được hưởng|được miễn|được giảm|được hỗ trợ|được tăng|được trợ cấp|miễn viện phí|miễn học phí|tăng trợ cấp|nâng mức hỗ trợ|chi hơn * hỗ trợ|chi * tỉ * hỗ trợ" },
	{ CUE_FAVOURABLE, 16, "người dân phấn khởi|người dân vui mừng|người dân đồng thuận|được người dân ủng hộ|dân đồng tình|hài lòng|đánh giá cao|ghi nhận nỗ lực|tạo điều kiện thuận lợi" },
	{ CUE_FAVOURABLE, 15, "@body * khánh thành|@body * thông xe|@body * đưa vào sử dụng|chính thức thông xe|khánh thành cầu|khánh thành đường|khánh thành * trường" },
	{ CUE_FAVOURABLE, 14, "@body * xử lý nghiêm|@body * vào cuộc|@body * xử lý ngay|@body * xin lỗi|@body * lắng nghe|@body * đối thoại|@body * cắt giảm|@body * đơn giản hóa" },
	{ CUE_FAVOURABLE, 14, "xóa nhà tạm|nhà ở xã hội * bàn giao|bàn giao nhà|giảm thời gian|rút ngắn thời gian|cắt giảm thủ tục|cắt giảm điều kiện|không còn hộ nghèo|trả hồ sơ trước hạn" },
	{ CUE_FAVOURABLE, 14, "dũng cảm cứu|lao xuống * cứu|dầm mình|băng rừng|xuyên đêm|trắng đêm|khẩn trương cứu|tận tâm|tận tụy|không quản ngại|đỡ đẻ|mở đường" },
	/* the body at fault */
	{ CUE_UNFAVOURABLE, 24, "cựu chủ tịch|nguyên chủ tịch|cựu bí thư|nguyên bí thư|cựu bộ trưởng|nguyên bộ trưởng|cựu thứ trưởng|cựu giám đốc sở|nguyên giám đốc sở|cựu cục trưởng|nguyên phó chủ tịch|cựu phó chủ tịch|cựu cán bộ|nguyên cán bộ|cựu công an|cựu chi cục trưởng" },
	{ CUE_UNFAVOURABLE, 22, "@body bị khởi tố|@body bị bắt|@body bị truy tố|@body hầu tòa|@body nhận hối lộ|@body * bị đình chỉ|@body * bị kỷ luật|bắt * chủ tịch|bắt * giám đốc sở|khởi tố * chủ tịch|khởi tố * giám đốc|khởi tố * cán bộ|bắt * cán bộ|bắt * công an" },
	{ CUE_UNFAVOURABLE, 22, "nhận hối lộ|tham ô|lợi dụng chức vụ|lạm dụng chức vụ|thiếu trách nhiệm|lợi ích nhóm|thông thầu|bảo kê|nhũng nhiễu|vòi vĩnh|hách dịch|lạm quyền|tham nhũng|lạm thu" },
	{ CUE_UNFAVOURABLE, 20, "kỷ luật * chủ tịch|kỷ luật * bí thư|kỷ luật * đảng|cách tất cả chức vụ|khai trừ đảng|cảnh cáo * ban thường vụ|khiển trách|đề nghị kỷ luật|kiểm điểm trách nhiệm|làm rõ trách nhiệm|kiểm điểm" },
	{ CUE_UNFAVOURABLE, 18, "người dân bức xúc|dân bức xúc|cử tri bức xúc|người dân kêu cứu|dân kêu trời|dân khổ|người dân khổ|dân mòn mỏi|mòn mỏi chờ|người dân phản đối|dân phản đối|dân lo|người dân mong mỏi" },
	{ CUE_UNFAVOURABLE, 18, "chậm tiến độ|ì ạch|đội vốn|bỏ hoang|đắp chiếu|lãng phí|xuống cấp|dở dang|treo|dự án treo|quy hoạch treo|chậm giải ngân|giải ngân chậm|chậm trễ|chậm bồi thường|chậm cấp|thi công ẩu" },
	{ CUE_UNFAVOURABLE, 18, "buông lỏng|đùn đẩy|né tránh|vô cảm|tắc trách|quan liêu|thờ ơ|làm ngơ|bất lực|sợ trách nhiệm|sai quy định|trái quy định|trái luật|làm khó|gây khó|hành dân|bất cập|nhiêu khê" },
	{ CUE_UNFAVOURABLE, 16, "sai phạm|vi phạm * đất đai|chỉ ra * vi phạm|kết luận thanh tra|thanh tra * chỉ ra|kiểm toán * chỉ ra|bị phê bình|phê bình|bị nhắc nhở|bị kiểm điểm|thất thoát|thất thu|khuất tất" },
	{ CUE_UNFAVOURABLE, 16, "vì sao * chưa|vì sao * không|vì sao * chậm|bao giờ * mới|đến bao giờ|khi nào * mới|trách nhiệm * ai|ai chịu trách nhiệm|sao lại|tại sao|có đúng luật|có đúng quy định" },
	{ CUE_UNFAVOURABLE, 16, "@body thừa nhận|@body nhận trách nhiệm|@body xin lỗi|kiện * ubnd|khởi kiện * ubnd|kiện chủ tịch|thua kiện|tuyên hủy quyết định|oan sai|bị oan|bồi thường oan|hủy quyết định|thu hồi quyết định" },
	{ CUE_UNFAVOURABLE, 14, "chưa xử lý|chưa giải quyết|chưa khắc phục|chưa thấy|chưa được bồi thường|chưa được cấp|chưa có đường|chưa có nước|thiếu trường|thiếu lớp|thiếu giáo viên|thiếu thuốc|nợ lương|thiếu minh bạch|quá tải" },
	/* whose matter */
	{ CUE_PUBLIC, 14, "@body" },
	{ CUE_PUBLIC, 14, "nghị quyết|nghị định|thông tư|chỉ thị|dự thảo|luật|đề án|quy hoạch|đầu tư công|ngân sách|bầu cử|sáp nhập|thủ tục hành chính|cải cách|chính sách|lương cơ sở|tuyển sinh|thi tốt nghiệp|kỳ thi|bảo hiểm y tế|sổ đỏ|giải phóng mặt bằng|tái định cư|cao tốc|metro|sân bay long thành|định danh|căn cước|xử phạt|đề xuất|quy định" },
	{ CUE_VIETNAM, 14, "ca sĩ|diễn viên|hoa hậu|nghệ sĩ|cầu thủ|hlv|v.league|u23|đội tuyển|sea games|showbiz|phim|mv|concert|giá vàng|chứng khoán|vn index|ô tô|smartphone|iphone|công thức|món ăn|du lịch|khách sạn|bất động sản|chung cư|mẹo|làm đẹp|tử vi" },
	{ CUE_FOREIGN, 14, "tổng thống|thủ tướng anh|thủ tướng nhật|ngoại trưởng|hạ viện|thượng viện|nhà trắng|lầu năm góc|liên hợp quốc|liên hiệp quốc|nato|quân đội nga|quân đội israel|premier league|la liga|champions league|serie a|bundesliga|world cup|hollywood|nasa|tỉ phú mỹ|giáo hoàng|hoàng gia anh" },
	/* topics */
	{ CUE_TOPIC + 0, 14, "kinh tế|ngân sách|gdp|xuất khẩu|nhập khẩu|doanh nghiệp|thuế|lạm phát|giá vàng|lãi suất|ngân hàng|chứng khoán|cổ phiếu|tín dụng|đầu tư công|giải ngân|thu hút đầu tư|fdi|thương mại|tỉ giá|giá xăng|giá điện|thị trường|kinh doanh|tài chính|hải quan|trái phiếu|doanh thu|lợi nhuận|hộ kinh doanh|thuế quan|bitcoin" },
	{ CUE_TOPIC + 1, 15, "đất đai|sổ đỏ|giấy chứng nhận quyền sử dụng đất|bồi thường|giải phóng mặt bằng|thu hồi đất|môi trường|ô nhiễm|rác thải|nước thải|xả thải|khí hậu|sạt lở|lũ|bão|ngập|mưa lớn|khoáng sản|khai thác cát|rừng|phá rừng|bảng giá đất|giá đất|thiên tai|áp thấp|không khí|nước sạch|động vật hoang dã|hạn mặn|thủy văn" },
	{ CUE_TOPIC + 2, 15, "nông nghiệp|nông dân|nông thôn mới|lúa|gạo|cà phê|sầu riêng|chăn nuôi|thủy sản|tôm|cá tra|trồng trọt|vụ mùa|nông sản|phân bón|thuốc trừ sâu|hợp tác xã|dịch tả heo|heo|lợn|gia súc|ngư dân|tàu cá|iuu|ocop|trái cây|thủy lợi" },
	{ CUE_TOPIC + 3, 15, "cao tốc|đường bộ|giao thông|cầu|metro|đường sắt|sân bay|cảng biển|bến xe|xe buýt|kẹt xe|ùn tắc|xây dựng|nhà ở xã hội|chung cư|đô thị|quy hoạch|hạ tầng|vành đai|quốc lộ|thông xe|đèn tín hiệu|nồng độ cồn|biển số|đăng kiểm|máy bay|hàng không|xe máy|tai nạn giao thông|xe khách|xe điện|bất động sản" },
	{ CUE_TOPIC + 4, 15, "y tế|bệnh viện|bác sĩ|bệnh nhân|vaccine|vắc xin|dịch bệnh|sốt xuất huyết|thuốc|bảo hiểm y tế|ung thư|phẫu thuật|sức khỏe|khám chữa bệnh|ngộ độc|an toàn thực phẩm|tim mạch|đột quỵ|tiểu đường|dinh dưỡng|viêm|điều dưỡng|tiêm chủng|điều trị" },
	{ CUE_TOPIC + 5, 15, "giáo dục|học sinh|sinh viên|giáo viên|trường học|đại học|tuyển sinh|thi tốt nghiệp|học phí|sách giáo khoa|lớp 10|lớp 1|điểm chuẩn|thí sinh|mầm non|tiểu học|thcs|thpt|giảng viên|hiệu trưởng|dạy thêm|xét tuyển|tiến sĩ|ielts|học bổng" },
	{ CUE_TOPIC + 6, 14, "văn hóa|di sản|lễ hội|du lịch|du khách|thể thao|bóng đá|sea games|huy chương|nghệ thuật|phim|ca sĩ|diễn viên|âm nhạc|bảo tàng|di tích|hoa hậu|đội tuyển|hlv|cầu thủ|v league|premier league|world cup|tennis|vô địch|nghệ sĩ|concert|sách|triển lãm|đền|chùa|champions league" },
	{ CUE_TOPIC + 7, 14, "lao động|việc làm|công nhân|tiền lương|lương tối thiểu|thưởng tết|bảo hiểm xã hội|trợ cấp|hộ nghèo|giảm nghèo|người cao tuổi|người khuyết tật|trẻ em|người có công|thương binh|an sinh|nghỉ hưu|lương hưu|thất nghiệp|xuất khẩu lao động|nhà tình thương|từ thiện|hỗ trợ người dân|nợ lương|nghỉ tết|trẻ mồ côi" },
	{ CUE_TOPIC + 8, 14, "công an|khởi tố|bắt giữ|bị bắt|tòa án|xét xử|bị cáo|tù|truy tố|tội phạm|ma túy|lừa đảo|cướp|trộm|giết người|đánh bạc|an ninh|trật tự|cảnh sát|điều tra|luật sư|vụ án|tạm giam|hung thủ|nghi phạm|chiếm đoạt|tử hình|hành hung|cháy|pccc|viện kiểm sát|truy nã" },
	{ CUE_TOPIC + 9, 15, "khoa học|công nghệ|chuyển đổi số|trí tuệ nhân tạo|mô hình ai|công cụ ai|dùng ai|chatbot|chatgpt|robot|bán dẫn|chip|dữ liệu|an ninh mạng|viễn thông|5g|internet|phần mềm|ứng dụng|vneid|đổi mới sáng tạo|khởi nghiệp|vệ tinh|nghiên cứu|nhà khoa học|smartphone|iphone|samsung|apple|google|openai|hacker|mạng xã hội|facebook|tiktok|blockchain|vũ trụ|nasa" },
	{ CUE_TOPIC + 10, 14, "bộ máy|cán bộ|công chức|viên chức|sáp nhập|bầu cử|đại hội đảng|đảng bộ|bổ nhiệm|kỷ luật|cải cách hành chính|thủ tục hành chính|chính quyền địa phương 2 cấp|chính quyền hai cấp|hđnd|tinh gọn|biên chế|nhân sự|bí thư|đại biểu quốc hội|quốc hội|chủ tịch ubnd|tỉnh ủy|thành ủy|trung ương|bộ chính trị|nghị quyết|miễn nhiệm|khen thưởng|tổng bí thư|thủ tướng|chủ tịch nước" },
	{ CUE_TOPIC + 11, 6, "tổng thống|ngoại giao|quân đội|chiến sự|tên lửa|xung đột|đàm phán|ngoại trưởng|nga|ukraine|israel|iran|mỹ|trung quốc|nato|hải quân|quốc phòng|biên giới|gia đình|tình yêu|hôn nhân" },
};
const size_t cue_rows_n = COUNT(cue_rows);
