/** What stands on the printed sheet beside the QR code of a grid. */
export interface QrSheet {
  district: string;
  grid: string;
  street: string | null;
  /** as the code is told from others by whoever hangs it up */
  gridCode: string;
  /** the code itself, as SVG */
  code: string;
}

/** A page for A4 that needs nothing beside itself. */
export const qrSheet = ({
  district,
  street,
  grid,
  gridCode,
  code,
}: QrSheet): string => `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>${plain(grid)} · 一呼</title>
<style>
@page { size: A4; margin: 16mm }
body { margin: 0 auto; max-width: 178mm; color: #1d2129; font: 15pt/1.6 "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; text-align: center }
h1 { margin: 6mm 0 0; font-size: 30pt; line-height: 1.3 }
.where { margin: 2mm 0 6mm; font-size: 18pt }
.code svg { width: 96mm; height: 96mm }
.call { margin: 4mm 0; font-size: 22pt; font-weight: 600 }
ol { display: inline-block; margin: 0 0 5mm; padding-left: 1.6em; text-align: left }
.danger { margin: 0 0 5mm; padding: 3mm; border: 1.2pt solid #c9302c; color: #c9302c; font-weight: 600 }
small { color: #5c6470; font-size: 10.5pt }
</style>
</head>
<body>
<h1>${plain(grid)}有事,扫码说一声</h1>
<p class="where">${plain([district, street].filter((name) => name !== null).join(" · "))}</p>
<div class="code">${code}</div>
<p class="call">一呼百应</p>
<ol>
<li>用微信扫一扫,进入对话。</li>
<li>直接说:哪里、什么事。可以发照片、语音。</li>
<li>会收到编号,办好了告诉您;随时可以问「办到哪了」。</li>
</ol>
<p class="danger">着火、燃气泄漏、有人受伤或遇险:先打 119、120、110。</p>
<small>只为办理您反映的事使用您说的内容,谁报的不告诉被反映的人。发「隐私」看说明,发「删除我的信息」可删除。<br>扫码只告诉我们您在哪个网格,不定位、不跟踪。编号 ${plain(gridCode)}</small>
</body>
</html>
`;

const plain = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
