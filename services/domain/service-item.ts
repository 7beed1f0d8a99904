/** One thing that an office does for people (办事事项), in the words of the district's own guide. */
export interface ServiceItem {
  code: string;
  name: string;
  /** other names that people use: 医保卡, 社保卡 */
  aliases: readonly string[];
  conditions: string;
  materials: string;
  window: string;
  hours: string;
  phone: string | null;
  /** the guide or regulation it is taken from */
  source: string;
}
