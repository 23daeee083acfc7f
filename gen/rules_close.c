/*
 * gen/rules_close.c - the rules of signature, receivers, marks, annexes and registering: SG, RC,
 * MK, AN, PR.
 *
 * Columns: id, severity, systems, confidence of the source, source, what must be, what
 * to do, what it is good for, an example wrong and right; checks of the tree, of the
 * composed pages, of facts.
 */
#include "gen/check.h"

#define S VT_SYS_STATE
#define P VT_SYS_PARTY
#define Y VT_SYS_YOUTH
#define B VT_SYS_ALL

static const vt_rule rules[] = {
    /* signature */
    {"SG-01", VT_ERROR, S | Y, 'A', "NĐ 30 PL I, II.7.b; HD 29-HD/TWĐTN-VP",
     "Quyền hạn ghi “TM.”, “KT.”, “TL.”, “TUQ.”, “Q.”",
     "Dùng <capacity kind=\"...\">; chữ viết tắt do chương trình in.",
     "Người đọc biết người ký lấy quyền từ đâu.", "K/T CHỦ TỊCH", "KT. CHỦ TỊCH",
     vt_check_state_capacity, NULL, NULL},
    {"SG-02", VT_ERROR, P, 'A', "HD 36, 1.7.1; HD 05-HD/VPTW",
     "Quyền hạn ghi “T/M”, “K/T”, “T/L”, “Q.”",
     "Dùng <capacity kind=\"...\">; chữ viết tắt do chương trình in.",
     "Cách ghi riêng của văn bản Đảng.", "TM. BAN THƯỜNG VỤ", "T/M BAN THƯỜNG VỤ",
     vt_check_party_capacity, NULL, NULL},
    {"SG-03", VT_WARNING, B, 'A', "NĐ 30 Điều 13; HD 36, 1.7.1",
     "Thay mặt tập thể, ký thay người đứng đầu; hợp với chế độ làm việc của cơ quan",
     "TM. đi với tên tập thể; KT., TL. đi với chức vụ của người đứng đầu.",
     "Cơ quan tập thể quyết định theo đa số, cơ quan thủ trưởng theo một người.", "TM. GIÁM ĐỐC",
     "KT. GIÁM ĐỐC", vt_check_capacity_body, NULL, NULL},
    {"SG-04", VT_ERROR, P, 'C', "HD 36, 1.7.1; HD 05-HD/VPTW (một nguồn)",
     "Cấp ủy làm việc tập thể: không “K/T”, không “TUQ”",
     "Phó bí thư ký “T/M”; dùng “T/L” thay cho thừa ủy quyền.",
     "Cấp ủy quyết định tập thể nên cấp phó cũng thay mặt tập thể.", "K/T BÍ THƯ",
     "T/M BAN THƯỜNG VỤ", vt_check_party_deputy, NULL, NULL},
    {"SG-07", VT_ERROR, B, 'A', "NĐ 30 PL I, II.7.c; HD 05-HD/VPTW, 7.1.3",
     "Trước họ tên không ghi học hàm, học vị, danh hiệu", "Chỉ ghi họ, tên đệm, tên.",
     "Người ký ký bằng chức vụ, không bằng học vị.", "TS. Trần Văn Lộc", "Trần Văn Lộc",
     vt_check_signer_name, NULL, NULL},
    {"SG-09", VT_ERROR, P, 'B', "HD 05-HD/VPTW; HD 36",
     "Chức vụ in hoa, không đậm, không kèm tên cấp ủy, cơ quan", "Chỉ ghi chức vụ, ví dụ “Bí thư”.",
     "Tên cấp ủy đã ghi ở đầu văn bản và ở dòng thay mặt.", "BÍ THƯ HUYỆN ỦY", "BÍ THƯ",
     vt_check_party_position, NULL, NULL},
    /* receivers */
    {"RC-01", VT_ERROR, S, 'A', "NĐ 30 PL I, II.9.b, c",
     "“Kính gửi” ở công văn, tờ trình, báo cáo lên cấp trên", "Thêm hoặc bỏ <to>.",
     "Công văn có người nhận đích danh; quyết định thì không.", "công văn không có Kính gửi",
     "Kính gửi: Sở Nội vụ", vt_check_addressed, NULL, NULL},
    {"RC-02", VT_ERROR, P | Y, 'B', "HD 05-HD/VPTW; HD 36",
     "Công văn có “Kính gửi”, tờ trình có “Kính gửi” hoặc “Kính trình”", "Thêm <to>.",
     "Công văn, tờ trình có nơi nhận đích danh.", "tờ trình không có Kính trình",
     "Kính trình: Ban Thường vụ Tỉnh ủy", vt_check_party_addressed, NULL, NULL},
    {"RC-03", VT_ERROR, B, 'A', "NĐ 30 PL I, II.9.d",
     "Một nơi gửi: cùng dòng “Kính gửi:”; nhiều nơi: mỗi nơi một dòng, gạch đầu dòng thẳng nhau, "
     "“;” và “.”",
     "Bỏ “Kính gửi”, gạch đầu dòng và dấu câu cuối trong <recipient>.",
     "Danh sách nhận rõ từng nơi, không sót.", "Kính gửi: - Sở Nội vụ;", "Kính gửi: Sở Nội vụ",
     vt_check_receivers, NULL, NULL},
    {"RC-04", VT_ERROR, S, 'A', "NĐ 30 PL I, II.9.d; V.8.b",
     "“Nơi nhận:” cỡ 12 nghiêng đậm, danh sách cỡ 11, kết thúc bằng “Lưu: VT, ...”",
     "Ghi <archive> cuối cùng, bắt đầu bằng VT; không gõ dấu câu, “Lưu”.",
     "Biết văn bản đi đâu và lưu ở đâu.", "Lưu: Văn phòng", "Lưu: VT, VX.", vt_check_state_copies,
     NULL, NULL},
    {"RC-05", VT_ERROR, P | Y, 'B', "HD 05-HD/VPTW; HD 36; HD 29-HD/TWĐTN-VP",
     "“Nơi nhận:” đứng, gạch chân (cỡ 14), danh sách cỡ 12, kết thúc bằng “Lưu ...”, không hai "
     "chấm",
     "Ghi <archive> cuối cùng; không gõ dấu câu, “Lưu”, “VT”.", "Biết văn bản đi đâu và lưu ở đâu.",
     "- Lưu: VT.", "- Lưu Văn phòng Tỉnh ủy.", vt_check_party_copies, NULL, NULL},
    {"RC-06", VT_ERROR, B, 'A', "NĐ 30 PL I, II.9.b; HD 05-HD/VPTW",
     "“Như trên” đứng đầu Nơi nhận khi có Kính gửi, và chỉ khi ấy",
     "Đặt <as-above/> ở dòng đầu của <copies>, hoặc bỏ đi khi không có <to>.",
     "Nơi nhận chính đứng trước nơi nhận để biết.", "- Thường trực Tỉnh ủy; - Như trên;",
     "- Như trên; - Thường trực Tỉnh ủy;", vt_check_as_above, NULL, NULL},
    {"RC-07", VT_WARNING, S | Y, 'A', "NĐ 30 PL III, Mẫu 1.1–1.3", "“Như Điều n” và Điều n có thật",
     "Ghi <as-article n=\"...\"/> theo điều thi hành.",
     "Người thi hành nêu ở điều cuối là nơi nhận đầu tiên.", "Như Điều 5 (quyết định có ba điều)",
     "Như Điều 3", vt_check_as_article, NULL, NULL},
    {"RC-09", VT_WARNING, B, 'D', "Danh bạ nơi nhận của cơ quan",
     "Nơi nhận có trong danh bạ, không ghi hai lần",
     "Sửa tên, hoặc thêm vào danh bạ; bỏ dòng trùng.",
     "Gửi sót hay gửi hai lần đều mất công thu hồi.", "Sở Nội Vụ ghi hai lần", "mỗi nơi một lần",
     vt_check_twice, NULL, NULL},
    /* marks */
    {"MK-01", VT_ERROR, S, 'A', "NĐ 30 PL I, III.2.b",
     "Dấu khẩn: HỎA TỐC, THƯỢNG KHẨN, KHẨN, đúng khung, cỡ 13–14, in hoa, đậm, đỏ; ghi ở "
     "marks/@urgency",
     "Bỏ dòng gõ tay, ghi <marks urgency=\"...\"/>; gói riêng giữ kích thước khung.",
     "Dấu khẩn quyết định thời hạn chuyển văn bản.", "dòng chữ “KHẨN” gõ tay",
     "<marks urgency=\"khan\"/>", vt_check_urgency, NULL, NULL},
    {"MK-02", VT_ERROR, B, 'A', "Luật Bảo vệ bí mật nhà nước; NĐ 30 Điều 15.2",
     "Văn bản mật không soạn trên máy nối mạng",
     "Chỉ soạn trên máy tính độc lập theo quy định về bảo vệ bí mật nhà nước.",
     "Soạn văn bản mật trên máy nối mạng là vi phạm pháp luật.",
     "<marks secrecy=\"mat\"/> trên máy thường", "soạn trên máy độc lập", vt_check_secrecy, NULL,
     NULL},
    {"MK-04", VT_WARNING, B, 'A', "NĐ 30 PL I, III.2.c",
     "Phạm vi lưu hành có trong gói quy tắc, in trong khung ở lề trên",
     "Dùng một giá trị của gói, ví dụ luu-hanh-noi-bo, hoặc thêm vào gói riêng.",
     "Người nhận biết có được chuyển tiếp hay không.", "circulation=\"noi-bo\"",
     "circulation=\"luu-hanh-noi-bo\"", vt_check_circulation, NULL, NULL},
    /* annexes */
    {"AN-01", VT_ERROR, S, 'A', "NĐ 30 PL I, III.1.a, b; V.9",
     "Từ hai phụ lục trở lên đánh số La Mã; số do chương trình đánh",
     "Bỏ “Phụ lục I” ở đầu tên phụ lục; gói riêng giữ annex-label.",
     "Phụ lục viện dẫn được bằng số.", "Phụ lục 1, Phụ lục 2", "Phụ lục I, Phụ lục II",
     vt_check_annex_title, NULL, NULL},
    {"AN-04", VT_ERROR, S, 'A', "NĐ 30 PL III, Mẫu 1.3",
     "Văn bản kèm theo quyết định có phần đầu riêng, không có số và ngày",
     "Ghi <issuer>, type và trích yếu của văn bản kèm theo.",
     "Quy chế kèm theo là văn bản hoàn chỉnh, số và ngày là của quyết định.",
     "quy chế không có tên cơ quan", "quy chế có tên cơ quan và Quốc hiệu", vt_check_attached, NULL,
     NULL},
    /* process */
    {"PR-06", VT_WARNING, S | Y, 'A', "NĐ 30 PL VI, Phần II",
     "Thông tin vào sổ không quá độ dài quy định", "Rút ngắn phần quá dài.",
     "Hệ thống khác cắt bỏ phần quá dài khi nhận.", "tên cơ quan dài 240 ký tự",
     "tên cơ quan dưới 200 ký tự", vt_check_lengths, NULL, NULL},
};

const vt_rule_table vt_rules_close = {rules, sizeof rules / sizeof *rules};
