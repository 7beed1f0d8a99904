import { wordsIn } from "../look/language.ts";

const words = wordsIn(
  {
    unreachable: "连不上一呼。请检查网络后重试。",
    signedOut: "登录已结束。请重新登录。",
    failed: (status: number) => `没有办成(${status})。请稍后再试。`,
    problem: ({ detail }: Problem) => detail,
  },
  {
    unreachable: "Yihu cannot be reached. Check the network and try again.",
    signedOut: "You are signed out. Sign in again.",
    failed: (status: number) => `That did not work (${status}). Try again later.`,
    problem: ({ title, errors }: Problem) =>
      `${[title, ...new Set(errors?.map(({ field }) => field))].join(": ")}.`,
  },
);

/** As the API says it: the title in English, the detail in Chinese. */
interface Problem {
  code: string;
  title: string;
  detail: string;
  errors?: readonly { field: string }[];
}

/** What the product refused, in its own words, or that it could not be reached (status 0). */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

let csrf: string | null = null;

/** @param token - the session's, from `GET /api/session`; every call that changes something bears it */
export function keepToken(token: string | null): void {
  csrf = token;
}

/**
 * Asks the product with the rights of whoever is signed in on this device; where nobody is, it leads to
 * where one signs in.
 *
 * @throws ApiError with words to show
 */
export async function call<Answer>(method: string, path: string, body?: object): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: "same-origin",
      headers: {
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(method === "GET" || csrf === null ? {} : { "x-yihu-csrf": csrf }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new ApiError(0, "unreachable", words().unreachable);
  }
  if (response.status === 401) {
    leave("back");
    throw new ApiError(401, "signedOut", words().signedOut);
  }
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as Answer;
}

let leaving = false;

/**
 * To where one signs in, once: several answers may say so at the same moment.
 *
 * @param then - `back`: afterwards here again
 */
export function leave(then?: "back"): void {
  if (leaving) return;
  leaving = true;
  const here = encodeURIComponent(`${location.pathname}${location.search}`);
  location.replace(then === "back" ? `/login?next=${here}` : "/login");
}

async function problemOf(response: Response): Promise<ApiError> {
  try {
    const problem = (await response.json()) as Problem;
    if (typeof problem.detail === "string")
      return new ApiError(response.status, problem.code, words().problem(problem));
  } catch {
    // Not every proxy answers with JSON; the status says enough then.
  }
  return new ApiError(response.status, "", words().failed(response.status));
}
