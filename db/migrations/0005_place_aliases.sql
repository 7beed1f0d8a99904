CREATE TABLE "place_aliases" (
	"site" text NOT NULL,
	"alias" text NOT NULL,
	"address_code" text NOT NULL,
	"taught_by" text,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "place_aliases_site_alias_pk" PRIMARY KEY("site","alias")
);
