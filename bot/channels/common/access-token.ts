export interface AccessToken {
  /** The token in force; asks for a new one at most once at a time. */
  get(): Promise<string>;
  /** Forgets `token` after the platform refused it; a newer one is kept. */
  drop(token: string): void;
}

export interface FreshToken {
  token: string;
  /** seconds, as the platform says */
  expiresIn: number;
}

const REFRESH_EARLY_MS = 5 * 60_000;

/**
 * Keeps the app's access token. It is asked for again five minutes before its end; while that fails
 * the present one is used to its end.
 *
 * @param fetchToken - one call of the platform; throws when there is no token
 * @param now - real time
 */
export function keepAccessToken(
  fetchToken: () => Promise<FreshToken>,
  now: () => Date,
): AccessToken {
  let present: { token: string; expiresAt: number } | null = null;
  let asking: Promise<string> | null = null;

  return {
    get: async () => {
      const at = now().getTime();
      if (present !== null && at < present.expiresAt - REFRESH_EARLY_MS) return present.token;
      const stillGood = present !== null && at < present.expiresAt ? present.token : null;
      asking ??= ask().finally(() => {
        asking = null;
      });
      return stillGood === null ? asking : asking.catch(() => stillGood);
    },
    drop: (token) => {
      if (present?.token === token) present = null;
    },
  };

  async function ask(): Promise<string> {
    const askedAt = now().getTime();
    const { token, expiresIn } = await fetchToken();
    present = { token, expiresAt: askedAt + expiresIn * 1_000 };
    return token;
  }
}
