const NOT_THE_SAME =
  /^(?:不对|错了|不好意思|你好|哎|啊|诶)?[\s,。!]*(?:我(?:家)?(?:这|那|说|报|反映)?(?:个|件|边|里)?的?|这|那|它们?|两(?:个|件)|这两(?:个|件))?(?:事|问题|情况)?(?:和|跟|与)?(?:他们?|她|别人|人家|那(?:件|个|边)|这(?:件|个)|前面|上面|SJ[\d-]+)?(?:说|报)?的?(?:事|问题)?[\s,]*(?:根本|并|可|都|完全)?(?:不是|不算)(?:同|一)?一?(?:个|件|回|码|桩)?(?:事情?|问题|情况)?(?:儿|啊|呀|的|吧|哦)?(?=[\s,。!;:]|$)/;
const SAYS_ONE = /不(?:是|算)(?:同一?(?:个|件|回|码|桩)|一(?:件|回|码|桩|个(?:事|问题)))/;
const APART =
  /^(?:请|帮我|麻烦|要|给我)*[\s,]*(?:把(?:我的|它|我这件)?)?(?:分开|拆开|拆分|拆出来|另外立|另立|单独(?:登记|立|报|算|记|处理))(?:一?下|吧|来|登记|立|报|算|记|处理|办|一件)*(?=[\s,。!;:]|$)/;

/**
 * 「不是一回事」, 「分开」: the speaker's report was wrongly joined to a neighbour's. The words that follow
 * say more of it; null where the message says nothing of the kind.
 */
export function readSeparation(text: string): { more: string } | null {
  const found = NOT_THE_SAME.exec(text) ?? APART.exec(text);
  if (found === null || text.length > 200) return null;
  const [said] = found;
  if (!SAYS_ONE.test(said) && !APART.test(said)) return null;
  return { more: text.slice(said.length).replace(/^[\s,，。!！;；:：]+/, "") };
}
