# 一呼 (Yihu) in a container. `docker build -t yihu .`; settings come as environment, see .env.example.
FROM node:22-bookworm-slim AS built
WORKDIR /opt/yihu
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund
COPY . .
RUN npm run web:build

FROM node:22-bookworm-slim
# pg_dump for `npm run backup`; a Chinese font for printed forms.
RUN apt-get update \
  && apt-get install -y --no-install-recommends postgresql-client fonts-wqy-zenhei \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/yihu
COPY --from=built /opt/yihu ./
RUN mkdir /data && chown node:node /data
USER node
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 \
  CMD ["node", "--eval", "fetch('http://127.0.0.1:3000/readyz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Node itself is the first process, so that SIGTERM reaches it.
CMD ["node", "--import", "tsx", "main.ts"]
