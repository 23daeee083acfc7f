/* tests/tools/archive_words.h - words of invented documents, for make_archive.c. */
#ifndef VT_ARCHIVE_WORDS_H
#define VT_ARCHIVE_WORDS_H

#include <stddef.h>

#define WORDS(name) static const char *const name[]
#define COUNT(name) (sizeof(name) / sizeof *(name))

/* What a document is about; {p} a place, {f} a field of work, {y} a year, {d} a day, {n} a
   number, {h} a person. */
WORDS(SUBJECTS) = {
    "triển khai công tác {f} năm {y} trên địa bàn {p}",
    "tăng cường công tác {f} tại {p}",
    "báo cáo kết quả thực hiện {f} sáu tháng đầu năm {y}",
    "phân công nhiệm vụ phụ trách {f}",
    "kiểm tra việc chấp hành quy định về {f} tại {p}",
    "đề nghị hỗ trợ kinh phí {f} cho {p}",
    "tổ chức hội nghị tổng kết {f} năm {y}",
    "góp ý dự thảo quy chế {f}",
    "cử công chức tham dự lớp bồi dưỡng về {f}",
    "phê duyệt dự toán kinh phí {f} năm {y}",
    "thành lập Tổ công tác {f} của {p}",
    "rà soát, lập danh mục {f} giai đoạn {y}",
    "công bố kết quả đánh giá {f} tại {p}",
    "lịch tiếp công dân tháng {m} năm {y}",
    "trả lời đơn của ông {h}, trú tại {p}",
    "giải quyết kiến nghị của cử tri {p} về {f}",
    "điều động, bổ nhiệm ông {h}",
    "khen thưởng tập thể, cá nhân có thành tích trong {f}",
    "sửa chữa, nâng cấp trụ sở làm việc {p}",
    "ứng phó với bão, mưa lũ tại {p}",
};

WORDS(FIELDS) = {"chăm sóc, giáo dục và bảo vệ trẻ em",
                 "cải cách hành chính",
                 "chuyển đổi số",
                 "phòng cháy, chữa cháy",
                 "phòng, chống thiên tai",
                 "quản lý đất đai",
                 "xây dựng nông thôn mới",
                 "giảm nghèo bền vững",
                 "bảo vệ môi trường",
                 "vệ sinh an toàn thực phẩm",
                 "tuyển sinh đầu cấp",
                 "phổ cập giáo dục",
                 "tiêm chủng mở rộng",
                 "phòng, chống dịch bệnh gia súc, gia cầm",
                 "trồng rừng",
                 "thuỷ lợi nội đồng",
                 "thu ngân sách",
                 "tiếp công dân và giải quyết khiếu nại, tố cáo",
                 "văn thư, lưu trữ",
                 "thi đua, khen thưởng",
                 "dân quân tự vệ",
                 "trật tự an toàn giao thông",
                 "bảo hiểm xã hội tự nguyện",
                 "hỗ trợ người có công với cách mạng",
                 "quản lý di tích, lễ hội",
                 "phát triển du lịch cộng đồng",
                 "xây dựng thư viện và văn hoá đọc",
                 "cấp thẻ căn cước",
                 "quản lý trật tự xây dựng",
                 "giải phóng mặt bằng"};

/* Sentences of a body, with how many in a hundred documents hold one. */
static const struct {
    int percent;
    const char *text;
} SENTENCES[] = {
    {68, "Ủy ban nhân dân {p} xây dựng kế hoạch thực hiện như sau."},
    {66, "Căn cứ Luật Tổ chức chính quyền địa phương và tình hình thực tế của địa phương."},
    {40,
     "Giao Văn phòng chủ trì, phối hợp với các phòng, ban, đơn vị liên quan tổ chức thực hiện; báo "
     "cáo kết quả trước ngày {d}."},
    {35, "Kinh phí thực hiện là {n} triệu đồng, bố trí trong dự toán ngân sách năm {y}."},
    {30, "Trong quá trình thực hiện, nếu có vướng mắc, đề nghị phản ánh về {p} để xem xét, giải "
         "quyết."},
    {25, "Các trường học, trạm y tế và các thôn, tổ dân phố tuyên truyền sâu rộng đến nhân dân về "
         "{f}."},
    {20,
     "Theo đề nghị của ông {h}, sau khi thẩm tra hồ sơ số {n}, cơ quan chuyên môn thống nhất nội "
     "dung trình."},
    {18, "Qua kiểm tra tại {p} phát hiện {n} trường hợp chưa thực hiện đúng quy định về {f}."},
    {15, "Tỷ lệ hoàn thành đạt {n} phần nghìn so với chỉ tiêu giao đầu năm; còn lại chuyển sang "
         "năm {y}."},
    {15,
     "Thời gian: từ ngày {d}; địa điểm: hội trường {p}; thành phần gồm đại diện lãnh đạo và các "
     "đoàn thể."},
    {12, "Đồng chí {h} chịu trách nhiệm theo dõi, đôn đốc và tổng hợp kết quả {f}."},
    {12, "Mục tiêu đến hết năm {y} có {n} hộ dân được hưởng lợi, trong đó ưu tiên hộ nghèo, hộ cận "
         "nghèo và trẻ em có hoàn cảnh khó khăn."},
    {10, "Yêu cầu bảo đảm an toàn tuyệt đối cho người và tài sản, không để xảy ra cháy, nổ, đuối "
         "nước."},
    {8, "Phòng Tài chính hướng dẫn thanh toán, quyết toán theo quy định hiện hành."},
    {8, "Việc nghiệm thu được lập thành biên bản, có xác nhận của {h} và đại diện cộng đồng dân cư "
        "{p}."},
    {5, "Tuyến đường dài {n} mét, mặt đường bê tông, do nhân dân hiến đất và đóng góp ngày công."},
    {5, "Các hộ kinh doanh ký cam kết không sử dụng chất cấm, chịu kiểm tra đột xuất."},
    {3, "Đàn lợn của {n} hộ phải tiêu hủy; hóa chất khử trùng được cấp tại {p}."},
    {2, "Cây đa cổ thụ ở {p} được công nhận cây di sản, giao nhân dân trông nom."},
    {1, "Trạm quan trắc độ mặn đặt tại {p} hoạt động từ ngày {d}."},
};

WORDS(SURNAMES) = {"Nguyễn", "Trần", "Lê",  "Phạm", "Hoàng", "Huỳnh", "Phan",  "Vũ",
                   "Võ",     "Đặng", "Bùi", "Đỗ",   "Hồ",    "Ngô",   "Dương", "Lý"};
WORDS(MIDDLES) = {"Văn", "Thị", "Đức", "Hữu", "Minh", "Thanh", "Quang", "Ngọc", "Xuân", "Kim"};
WORDS(GIVEN) = {"An",   "Bình", "Châu", "Dung",  "Đạt",  "Giang", "Hà",   "Hải",
                "Hạnh", "Hoa",  "Hùng", "Hương", "Khoa", "Lan",   "Liên", "Linh",
                "Long", "Mai",  "Nam",  "Nga",   "Phúc", "Quân",  "Sơn",  "Tâm",
                "Thảo", "Thuỷ", "Toàn", "Trang", "Tuấn", "Vân",   "Việt", "Yến"};
/* Names of places are made of two of these. */
WORDS(PLACES) = {"Thạch", "Bình", "Phú",   "Hoà",  "Tân",   "Long",  "An",    "Khánh",
                 "Vĩnh",  "Đông", "Tây",   "Nam",  "Bắc",   "Yên",   "Thuận", "Mỹ",
                 "Hưng",  "Lộc",  "Sơn",   "Hải",  "Giang", "Thanh", "Xuân",  "Kim",
                 "Ngọc",  "Đại",  "Trung", "Liên", "Cẩm",   "Quảng", "Thọ",   "Phước",
                 "Lâm",   "Hồng", "Châu",  "Điền", "Ninh",  "Trạch", "Đức",   "Ái"};
WORDS(KINDS) = {"thôn", "tổ dân phố", "xóm", "khu", "bản"};

/* share: of a thousand documents; none: only the few that are asked for. */
static const struct {
    int share;
    const char *slug, *name, *notation, *book;
} TYPES[] = {
    {550, "cong-van", "Công văn", "UBND-VP", "van-ban"},
    {120, "thong-bao", "Thông báo", "TB-UBND", "thong-bao"},
    {100, "quyet-dinh", "Quyết định", "QĐ-UBND", "quyet-dinh"},
    {80, "bao-cao", "Báo cáo", "BC-UBND", "bao-cao"},
    {70, "ke-hoach", "Kế hoạch", "KH-UBND", "ke-hoach"},
    {50, "to-trinh", "Tờ trình", "TTr-UBND", "to-trinh"},
    {30, "giay-moi", "Giấy mời", "GM-UBND", "giay-moi"},
    {0, "cong-dien", "Công điện", "CĐ-UBND", "cong-dien"},
};
static const struct {
    int share;
    const char *name;
} ISSUERS[] = {
    {300, "Ủy ban nhân dân xã Thạch Bình"}, {150, "Ủy ban nhân dân xã Hoà Khánh"},
    {100, "Ủy ban nhân dân xã Tân Điền"},   {100, "Ủy ban nhân dân phường Đông Hưng"},
    {80, "Ủy ban nhân dân phường Nam Lộc"}, {70, "Ủy ban nhân dân xã Phước Sơn"},
    {60, "Ủy ban nhân dân xã Cẩm Giang"},   {50, "Ủy ban nhân dân xã Quảng Lâm"},
    {40, "Ủy ban nhân dân xã Kim Trạch"},   {30, "Ủy ban nhân dân xã Mỹ Thuận"},
    {20, "Ủy ban nhân dân xã Yên Châu"},
};

#endif
