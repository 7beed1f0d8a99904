CREATE TABLE "service_items" (
	"site" text NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"aliases" text[] NOT NULL,
	"conditions" text NOT NULL,
	"materials" text NOT NULL,
	"window" text NOT NULL,
	"hours" text NOT NULL,
	"phone" text,
	"source" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "service_items_site_code_pk" PRIMARY KEY("site","code")
);
