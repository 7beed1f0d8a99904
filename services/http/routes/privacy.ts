import { createHash } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { findDistrict } from "../../../db/queries/directory.ts";
import { MESSAGE_DAYS } from "../../workflows/retire-messages.ts";
import type { AppDeps } from "../app.ts";

const STYLE =
  "body{font:1.125rem/1.7 system-ui,sans-serif;max-width:38rem;margin:0 auto;padding:1.5rem;color:#1c2b2a;background:#fff}h1{font-size:1.5rem}@media(prefers-color-scheme:dark){body{color:#e6efed;background:#14201f}}";
const POLICY = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; base-uri 'none'; frame-ancestors 'none'`;

/** The privacy notice in full (PIPL article 17), which the bot's short one points to. Open to everybody. */
export function privacyRoute(app: FastifyInstance, { database, config }: AppDeps): void {
  app.get("/privacy", { schema: { hide: true } }, async (_request, reply) => {
    const district = (await findDistrict(database))?.name ?? "本区";
    return reply
      .type("text/html; charset=utf-8")
      .header("content-security-policy", POLICY)
      .send(page(escaped(district), modelSentence(config)));
  });
}

function modelSentence({ model, modelFilingNo }: AppDeps["config"]): string {
  if (model === null) return "文字由规则识别,不使用大模型。";
  const filing = modelFilingNo === null ? "" : `(备案号 ${escaped(modelFilingNo)})`;
  return `文字识别使用大模型 ${escaped(model.model)}${filing},发送前遮盖手机号、证件号;受理、派单、结案、考核都由工作人员决定。`;
}

const page = (district: string, model: string): string => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>隐私说明 · 一呼</title><style>${STYLE}</style></head><body>
<h1>隐私说明</h1>
<p>${district}用「一呼」登记、办理和反馈您反映的事。处理者是${district}基层治理综合指挥机构。</p>
<ul>
<li><b>收集什么:</b>您说的内容、照片和文件、发言所在的群、账号标识。闲聊、广告等不是报事的消息不保存内容。</li>
<li><b>用来做什么:</b>只用于办理、反馈、回访和统计。</li>
<li><b>怎么保护:</b>群里的手机号、证件号、银行卡号存入前遮盖;谁报的不告诉被反映的人和办理部门;查看报事人信息会留下记录。${model}</li>
<li><b>设备:</b>接入的摄像头、电表、烟感、水位计只报告哪里有什么情况,由人核实后才办理;不做人脸识别,不追踪个人。住户家里的告警只有网格和指挥室看得到地点,误报的30天内清除。</li>
<li><b>存多久:</b>原始消息${MESSAGE_DAYS}天;办件按档案规定;数据都存在境内。</li>
<li><b>您的权利:</b>对机器人说「我的信息」得到保存的全部内容;说「删除我的信息」立即解除您与报事的关联并清除聊天内容,照片和摘要在办结后清除;说「说错了…」更正,「算了不用了」撤回;15个工作日内答复其他请求,也可到社区或拨打 12345 提出。</li>
<li><b>紧急情况</b>请直接拨打 110、119、120、122,不必同意本说明。</li>
</ul></body></html>`;

const escaped = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
