/** DingTalk's web view, on phones and on desks. */
export const isInDingTalk = (userAgent: string): boolean => /DingTalk/i.test(userAgent);

/** The bridge of a web view answers at once or not at all. */
const PATIENCE_MS = 8_000;

/**
 * A code that says who opened this page in DingTalk (免登), good once and for five minutes. DingTalk's own
 * JSAPI comes from our host, and only here: nobody else waits for it.
 */
export async function requestCode(corpId: string): Promise<string> {
  await import("dingtalk-jsapi/entry/union.js");
  const jsapi = await import("dingtalk-jsapi/api/runtime/permission/requestAuthCode.js");
  const late = new Promise<never>((_resolve, reject) => {
    setTimeout(() => reject(new Error("DingTalk does not answer the page.")), PATIENCE_MS);
  });
  const { code } = await Promise.race([jsapi.requestAuthCode$({ corpId }), late]);
  return code;
}
