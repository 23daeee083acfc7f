#include "gen/compound.h"

#include "base/base.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

#define SYLLABLE_MAX 24 /* bytes; none in the list is longer */

/* Frequent words of agencies' names and of subjects, and the middle of such as
   are one name ("ủy ban nhân dân"); lower case, in the order of their bytes. */
static const char *const compounds[] = {
    "an ninh",     "an sinh",      "an toàn",      "ban chấp",     "ban hành",    "ban nhân",
    "biên bản",    "biên chế",     "biên giới",    "biến đổi",     "báo chí",     "báo cáo",
    "bí thư",      "bưu chính",    "bảo hiểm",     "bảo hộ",       "bảo trợ",     "bảo tàng",
    "bảo tồn",     "bảo vệ",       "bảo đảm",      "bệnh viện",    "bồi dưỡng",   "bồi thường",
    "bổ nhiệm",    "bổ sung",      "bộ máy",       "bộ trưởng",    "bộ đội",      "cao đẳng",
    "chi cục",     "chi nhánh",    "chi tiết",     "chiến binh",   "chiến dịch",  "chiến lược",
    "chiến sĩ",    "chuyên môn",   "chuyên trách", "chuyên viên",  "chuyên đề",   "chuyển đổi",
    "chuẩn bị",    "chí minh",     "chính phủ",    "chính quyền",  "chính sách",  "chính thức",
    "chính trị",   "chăm sóc",     "chương trình", "chấp hành",    "chấp thuận",  "chất lượng",
    "chế biến",    "chế xuất",     "chế độ",       "chỉ huy",      "chỉ số",      "chỉ thị",
    "chỉ tiêu",    "chỉ đạo",      "chủ nghĩa",    "chủ nhiệm",    "chủ toạ",     "chủ trì",
    "chủ trương",  "chủ tịch",     "chủ tọa",      "cung cấp",     "cuối năm",    "cán bộ",
    "công an",     "công bố",      "công chức",    "công dân",     "công khai",   "công nghiệp",
    "công nghệ",   "công thương",  "công trình",   "công ty",      "công tác",    "công văn",
    "công vụ",     "công đoàn",    "cơ bản",       "cơ cấu",       "cơ quan",     "cơ sở",
    "cải cách",    "cải thiện",    "cảnh sát",     "cấp phép",     "cộng hoà",    "cộng hòa",
    "cộng sản",    "cộng đồng",    "cụ thể",       "cựu chiến",    "danh hiệu",   "danh mục",
    "danh sách",   "di sản",       "di tích",      "doanh nghiệp", "du lịch",     "dân chủ",
    "dân quân",    "dân số",       "dân sự",       "dân tộc",      "dân vận",     "dịch bệnh",
    "dịch vụ",     "dự thảo",      "dự toán",      "dự án",        "gia đình",    "giai đoạn",
    "giao thông",  "giám sát",     "giám định",    "giám đốc",     "giáo dục",    "giáo viên",
    "giải pháp",   "giải phóng",   "giải quyết",   "giảm nghèo",   "góp ý",       "hiện vật",
    "hiệu quả",    "hiệu trưởng",  "hoàn thiện",   "hoàn thành",   "hoạt động",   "huy động",
    "huấn luyện",  "hàng hoá",     "hàng hóa",     "hành chính",   "hành động",   "hình sự",
    "hình thức",   "hướng dẫn",    "hạ tầng",      "hạnh phúc",    "hải quan",    "học sinh",
    "học tập",     "học viện",     "hồ chí",       "hồ sơ",        "hỗ trợ",      "hộ tịch",
    "hội nghị",    "hội đồng",     "hợp tác",      "hợp đồng",     "khai thác",   "khen thưởng",
    "khoa học",    "khoáng sản",   "khu vực",      "khuyến khích", "khuyết tật",  "kháng chiến",
    "khảo sát",    "khẩn cấp",     "khắc phục",    "kinh doanh",   "kinh phí",    "kinh tế",
    "kiến nghị",   "kiến thức",    "kiểm lâm",     "kiểm soát",    "kiểm sát",    "kiểm toán",
    "kiểm tra",    "kế hoạch",     "kế toán",      "kết luận",     "kết quả",     "kỷ luật",
    "kỷ niệm",     "kỹ năng",      "kỹ thuật",     "lao động",     "liên hiệp",   "liên quan",
    "liên tịch",   "liên đoàn",    "luân chuyển",  "lâm nghiệp",   "lãnh đạo",    "lĩnh vực",
    "lưu trữ",     "lập pháp",     "minh bạch",    "mô hình",      "môi trường",  "mầm non",
    "mặt bằng",    "mặt trận",     "mục tiêu",     "mục đích",     "mỹ thuật",    "nghiêm túc",
    "nghiên cứu",  "nghiệp vụ",    "nghĩa vụ",     "nghệ thuật",   "nghỉ phép",   "nghị quyết",
    "nghị định",   "ngoại giao",   "ngoại ngữ",    "ngoại vụ",     "nguyên tắc",  "nguồn lực",
    "ngân hàng",   "ngân sách",    "nhiệm kỳ",     "nhiệm vụ",     "nhà nước",    "nhà trường",
    "nhà ở",       "nhân dân",     "nhân lực",     "nhân sự",      "nâng cao",    "nông dân",
    "nông nghiệp", "nông thôn",    "năm học",      "năng lượng",   "năng lực",    "nội chính",
    "nội dung",    "nội vụ",       "phong trào",   "pháp chế",     "pháp luật",   "pháp lệnh",
    "phát huy",    "phát thanh",   "phát triển",   "phát động",    "phân bổ",     "phân công",
    "phân cấp",    "phê bình",     "phê duyệt",    "phòng cháy",   "phòng chống", "phòng ngừa",
    "phòng thủ",   "phương hướng", "phương án",    "phối hợp",     "phổ biến",    "phổ cập",
    "phổ thông",   "phụ nữ",       "phụ trách",    "phục hồi",     "phục vụ",     "quy chuẩn",
    "quy chế",     "quy hoạch",    "quy trình",    "quy định",     "quyết toán",  "quyết định",
    "quyền hạn",   "quân nhân",    "quân sự",      "quân đội",     "quản lý",     "quản trị",
    "quốc gia",    "quốc hội",     "quốc phòng",   "quốc tế",      "rà soát",     "sinh hoạt",
    "sinh viên",   "sơ kết",       "sạt lở",       "sản phẩm",     "sản xuất",    "sắp xếp",
    "sở hữu",      "sức khoẻ",     "sức khỏe",     "sử dụng",      "sửa đổi",     "sự nghiệp",
    "tai nạn",     "thanh niên",   "thanh toán",   "thanh tra",    "thi hành",    "thi tuyển",
    "thi đua",     "thiên tai",    "thiếu nhi",    "thuỷ lợi",     "thuỷ sản",    "thành lập",
    "thành phố",   "thành tích",   "thành viên",   "thông báo",    "thông qua",   "thông tin",
    "thông tư",    "thư ký",       "thư viện",     "thương binh",  "thương mại",  "thường trực",
    "thường vụ",   "thường xuyên", "thẩm quyền",   "thẩm tra",     "thẩm định",   "thể dục",
    "thể thao",    "thị trường",   "thị trấn",     "thị xã",       "thống kê",    "thống nhất",
    "thời gian",   "thủ tướng",    "thủ tục",      "thủy lợi",     "thủy sản",    "thứ trưởng",
    "thực hiện",   "thực phẩm",    "thực vật",     "tiêu chuẩn",   "tiêu chí",    "tiêu dùng",
    "tiến độ",     "tiếp nhận",    "tiếp tục",     "tiết kiệm",    "tiểu học",    "toà án",
    "toàn diện",   "toàn quốc",    "triển khai",   "trung học",    "trung tâm",   "trung ương",
    "truyền hình", "truyền thông", "truyền thống", "trách nhiệm",  "trình độ",    "trường học",
    "trưởng ban",  "trưởng phòng", "trật tự",      "trẻ em",       "tuyên giáo",  "tuyên truyền",
    "tuyển dụng",  "tuyển sinh",   "tài chính",    "tài liệu",     "tài nguyên",  "tài sản",
    "tây bắc",     "tây nam",      "tây nguyên",   "tín dụng",     "tín ngưỡng",  "tòa án",
    "tôn giáo",    "tăng cường",   "tư pháp",      "tư tưởng",     "tập huấn",    "tập thể",
    "tổ chức",     "tổ quốc",      "tổng cục",     "tổng hợp",     "tổng kết",    "uỷ ban",
    "uỷ quyền",    "uỷ viên",      "vi phạm",      "viên chức",    "viễn thông",  "việc làm",
    "văn bản",     "văn hoá",      "văn hóa",      "văn minh",     "văn phòng",   "văn thư",
    "vận hành",    "vận tải",      "vận động",     "vệ sinh",      "xây dựng",    "xã hội",
    "xét duyệt",   "xúc tiến",     "xử lý",        "xử phạt",      "y tế",        "yêu cầu",
    "ý kiến",      "đa khoa",      "điều chỉnh",   "điều hành",    "điều kiện",   "điều tra",
    "điều động",   "điện lực",     "điện tử",      "đoàn kết",     "đoàn thể",    "đoàn viên",
    "đào tạo",     "đánh giá",     "đô thị",       "đôn đốc",      "đông bắc",    "đông nam",
    "đơn vị",      "đường bộ",     "đường sắt",    "đại biểu",     "đại học",     "đại hội",
    "đảng bộ",     "đảng uỷ",      "đảng viên",    "đảng ủy",      "đất đai",     "đấu giá",
    "đấu thầu",    "đầu năm",      "đầu tư",       "đề nghị",      "đề án",       "địa bàn",
    "địa chính",   "địa phương",   "định hướng",   "định kỳ",      "đồng bộ",     "đồng nhân",
    "ủy ban",      "ủy quyền",     "ủy viên",      "ứng dụng",     "ứng phó",
};

/* Adds a syllable in lower case; what is not a letter ends it, and says no. */
static bool add_lower(const char *s, size_t len, char *out, size_t *n) {
    const char *end = s + len;
    if (len == 0 || len > SYLLABLE_MAX)
        return false;
    while (s < end) {
        UChar32 c = u_tolower((UChar32)vt_utf8_next(&s, end));
        if (!u_isalpha(c))
            return false;
        *n += (size_t)vt_utf8_put((uint32_t)c, out + *n);
    }
    return true;
}

static int by_bytes(const void *key, const void *at) {
    return strcmp(key, *(const char *const *)at);
}

/* Punctuation may follow the second syllable: "vận động," */
static size_t letters_of(const char *s, size_t len) {
    while (len > 0 && strchr(",.;:)!?", s[len - 1]) != NULL)
        len--;
    return len;
}

bool vt_compound(const char *left, size_t left_len, const char *right, size_t right_len) {
    char word[4 * 2 * SYLLABLE_MAX + 2]; /* a letter's lower case may be longer */
    size_t n = 0;
    if (!add_lower(left, left_len, word, &n))
        return false;
    word[n++] = ' ';
    if (!add_lower(right, letters_of(right, right_len), word, &n))
        return false;
    word[n] = '\0';
    return bsearch(word, compounds, sizeof compounds / sizeof *compounds, sizeof *compounds,
                   by_bytes) != NULL;
}
