import type { FastifyInstance } from "fastify";
import { allCategories, type Category } from "../../../db/queries/directory.ts";
import { isPublicService } from "../../domain/open311.ts";
import { PLATFORM_NAMES, type PlatformNaming } from "../../domain/platform.ts";
import { FORMATS, Open311Error, sendOpen311 } from "./answer.ts";
import { checkJurisdiction, fieldsOf, type Open311Deps } from "./open311.ts";

/** GET services and GET service definition: the catalog's categories of public space. */
export function serviceRoutes(app: FastifyInstance, deps: Open311Deps): void {
  for (const format of FORMATS) {
    app.get(`/v2/services.${format}`, { schema: { hide: true } }, async (request, reply) => {
      checkJurisdiction(fieldsOf(request).jurisdiction_id, deps.jurisdiction);
      const services = await openServices(deps);
      return sendOpen311(
        reply,
        format,
        { root: "services", item: "service" },
        services.map((category) => ({
          service_code: category.slug,
          service_name: category.name,
          description: `${category.name}。说清楚在哪里、什么情况。`,
          metadata: true,
          type: "batch",
          keywords: keywordsOf(category, deps.naming),
          group:
            category.platform === null ? "其他" : PLATFORM_NAMES[deps.naming][category.platform],
        })),
      );
    });
    app.get(`/v2/services/:code.${format}`, { schema: { hide: true } }, async (request, reply) => {
      checkJurisdiction(fieldsOf(request).jurisdiction_id, deps.jurisdiction);
      const { code } = request.params as { code: string };
      const service = await serviceOf(deps, code);
      return sendOpen311(
        reply,
        format,
        { root: "service_definition" },
        { service_code: service.slug, attributes: ATTRIBUTES },
      );
    });
  }
}

/** What may be told beside the place and the words: it becomes part of them. */
export const ATTRIBUTES = [
  {
    variable: true,
    code: "since",
    datatype: "string",
    required: false,
    datatype_description: "例如:三天了、昨天晚上、每天凌晨",
    order: 1,
    description: "什么时候开始、多久一次",
  },
  {
    variable: true,
    code: "people",
    datatype: "number",
    required: false,
    datatype_description: "户数或人数",
    order: 2,
    description: "影响多少户或多少人",
  },
];

const keywordsOf = ({ name, platform }: Category, naming: PlatformNaming): string =>
  [...name.split(/[/()、,]/), platform === null ? "" : PLATFORM_NAMES[naming][platform]]
    .map((word) => word.trim())
    .filter((word) => word !== "")
    .join(",");

const openServices = async ({ database }: Open311Deps): Promise<Category[]> =>
  (await allCategories(database)).filter(({ slug }) => isPublicService(slug));

/** @throws Open311Error where the catalog has no such category of public space */
export async function serviceOf(deps: Open311Deps, code: string | undefined): Promise<Category> {
  if (code === undefined || code === "")
    throw new Open311Error(400, "service_code was not provided. Take one of GET services.");
  const found = (await openServices(deps)).find(({ slug }) => slug === code);
  if (found === undefined)
    throw new Open311Error(404, `service_code ${code} not found. Take one of GET services.`);
  return found;
}
