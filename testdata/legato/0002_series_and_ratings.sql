-- The Legato platform after its first evolution: what schema.sql becomes when series, ratings and payouts arrive.
-- The plan from there to here is plans/0002_series_and_ratings.json.
--
-- PostgreSQL 13 or later, no extension. Amounts of money are whole numbers of the currency's smallest unit. Every
-- moment is a timestamptz. Rows that people can edit carry updated_at, kept by one trigger function.

-- ---------------------------------------------------------------------------------------------------------- types

CREATE TYPE user_role AS ENUM ('reader', 'author', 'editor', 'admin');
COMMENT ON TYPE user_role IS 'What a user may do on the platform; every role may read.';

CREATE TYPE book_status AS ENUM ('draft', 'in_review', 'published', 'archived');
COMMENT ON TYPE book_status IS 'Where a book stands between its first line and its last reader.';

CREATE TYPE contribution AS ENUM ('co_author', 'translator', 'illustrator', 'editor');
COMMENT ON TYPE contribution IS 'How somebody other than the main author took part in a book.';

CREATE TYPE acquisition AS ENUM ('purchase', 'gift', 'promotion', 'author_copy');
COMMENT ON TYPE acquisition IS 'How a book came into a library.';

CREATE TYPE transaction_kind AS ENUM ('purchase', 'refund', 'payout');
COMMENT ON TYPE transaction_kind IS 'Which way the money moves: to us, back, or on to an author.';

CREATE TYPE transaction_status AS ENUM ('pending', 'succeeded', 'failed', 'cancelled');
COMMENT ON TYPE transaction_status IS 'State of a payment; everything but pending is final.';

-- ------------------------------------------------------------------------------------------------------ functions

CREATE FUNCTION set_updated_at() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION set_updated_at() IS 'Trigger function: stamps every row that an UPDATE touches.';

-- ---------------------------------------------------------------------------------------------------------- users

CREATE TABLE users (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    username        varchar(40) NOT NULL,
    email           text NOT NULL,
    password_hash   text NOT NULL,
    role            user_role NOT NULL DEFAULT 'reader',
    display_name    text,
    locale          varchar(35) NOT NULL DEFAULT 'en',
    bio             text,
    preferences     jsonb NOT NULL DEFAULT '{}',
    is_active       boolean NOT NULL DEFAULT true,
    email_verified_at timestamptz,
    last_login_at   timestamptz,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT users_username_shape CHECK (username ~ '^[A-Za-z0-9_.-]{3,40}$'),
    CONSTRAINT users_email_shape CHECK (email ~ '^[^@[:space:]]+@[^@[:space:]]+$' AND length(email) <= 254),
    CONSTRAINT users_preferences_object CHECK (jsonb_typeof(preferences) = 'object')
);

-- Ada@example.org and ada@example.org are one mailbox, and Ada and ada one name.
CREATE UNIQUE INDEX users_email_key ON users (lower(email));
CREATE UNIQUE INDEX users_username_key ON users (lower(username));

CREATE TRIGGER users_set_updated_at
    BEFORE UPDATE ON users
    FOR EACH ROW
    EXECUTE FUNCTION set_updated_at();

COMMENT ON TABLE users IS 'Everybody who has an account.';
COMMENT ON COLUMN users.username IS 'Public handle; unique without regard to case.';
COMMENT ON COLUMN users.email IS 'Address for signing in; unique without regard to case.';
COMMENT ON COLUMN users.password_hash IS 'Hash in the modular crypt format, with its parameters; never the password.';
COMMENT ON COLUMN users.preferences IS 'Settings of the reading application, an object.';
COMMENT ON COLUMN users.is_active IS 'False after the account was closed; rows stay for the books and the accounts.';

-- --------------------------------------------------------------------------------------------------------- series

CREATE TABLE series (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    author_id       bigint NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
    title           text NOT NULL,
    slug            text NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT series_author_id_slug_key UNIQUE (author_id, slug),
    CONSTRAINT series_title_not_blank CHECK (btrim(title) <> '')
);

CREATE TRIGGER series_set_updated_at
    BEFORE UPDATE ON series
    FOR EACH ROW
    EXECUTE FUNCTION set_updated_at();

COMMENT ON TABLE series IS 'Books that belong together, in order.';

-- ---------------------------------------------------------------------------------------------------------- books

CREATE TABLE books (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    author_id       bigint NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
    title           text NOT NULL,
    slug            text NOT NULL,
    description     text NOT NULL DEFAULT '',
    language        text NOT NULL DEFAULT 'en',
    status          book_status NOT NULL DEFAULT 'draft',
    price_minor     bigint NOT NULL DEFAULT 0,
    currency        char(3) NOT NULL DEFAULT 'EUR',
    cover_url       text,
    series_id       bigint REFERENCES series (id) ON DELETE RESTRICT,
    series_position smallint,
    tags            text[] NOT NULL DEFAULT '{}',
    published_at    timestamptz,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT books_author_id_slug_key UNIQUE (author_id, slug),
    CONSTRAINT books_title_not_blank CHECK (btrim(title) <> ''),
    CONSTRAINT books_slug_shape CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    CONSTRAINT books_price_range CHECK (price_minor BETWEEN 0 AND 100000000),
    CONSTRAINT books_series_position CHECK ((series_id IS NULL) = (series_position IS NULL)),
    CONSTRAINT books_currency_shape CHECK (currency ~ '^[A-Z]{3}$'),
    CONSTRAINT books_published_has_date CHECK (status <> 'published' OR published_at IS NOT NULL)
);

-- The shop window: what is out, newest first, in a language.
CREATE INDEX books_published_idx ON books (language, published_at DESC) WHERE status = 'published';
CREATE INDEX books_tags_idx ON books USING gin (tags);
CREATE UNIQUE INDEX books_series_key ON books (series_id, series_position) WHERE series_id IS NOT NULL;
CREATE INDEX books_search_idx ON books USING gin (to_tsvector('simple', title || ' ' || description));

CREATE TRIGGER books_set_updated_at
    BEFORE UPDATE ON books
    FOR EACH ROW
    EXECUTE FUNCTION set_updated_at();

COMMENT ON TABLE books IS 'A work, from draft to archive.';
COMMENT ON COLUMN books.author_id IS 'The main author, who owns the work; others stand in book_authors.';
COMMENT ON COLUMN books.slug IS 'Part of the address; unique among the works of one author.';
COMMENT ON COLUMN books.price_minor IS 'Price in the smallest unit of the currency (cents); 0 is free.';
COMMENT ON COLUMN books.currency IS 'ISO 4217 code.';

CREATE TABLE book_authors (
    book_id         bigint NOT NULL REFERENCES books (id) ON DELETE CASCADE,
    user_id         bigint NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
    contribution    contribution NOT NULL DEFAULT 'co_author',
    position        smallint NOT NULL DEFAULT 1,
    share_percent   numeric(5,2) NOT NULL DEFAULT 0,
    created_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (book_id, user_id, contribution),
    CONSTRAINT book_authors_position_positive CHECK (position > 0),
    CONSTRAINT book_authors_share_range CHECK (share_percent BETWEEN 0 AND 100)
);

CREATE INDEX book_authors_user_id_idx ON book_authors (user_id);

COMMENT ON TABLE book_authors IS 'Who took part in a book besides its main author.';
COMMENT ON COLUMN book_authors.position IS 'Order of the names on the cover.';
COMMENT ON COLUMN book_authors.share_percent IS 'Share of the revenue.';

-- ------------------------------------------------------------------------------------------------------- chapters

CREATE TABLE chapters (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    book_id         bigint NOT NULL REFERENCES books (id) ON DELETE CASCADE,
    position        integer NOT NULL,
    title           text NOT NULL,
    body            text NOT NULL DEFAULT '',
    body_length     integer GENERATED ALWAYS AS (char_length(body)) STORED,
    is_preview      boolean NOT NULL DEFAULT false,
    published_at    timestamptz,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    -- Deferrable, so that one transaction can move chapters around.
    CONSTRAINT chapters_book_id_position_key UNIQUE (book_id, position) DEFERRABLE INITIALLY IMMEDIATE,
    -- What composite foreign keys point to: a chapter together with its book.
    CONSTRAINT chapters_book_id_id_key UNIQUE (book_id, id),
    CONSTRAINT chapters_position_positive CHECK (position > 0),
    CONSTRAINT chapters_title_not_blank CHECK (btrim(title) <> '')
);

CREATE TRIGGER chapters_set_updated_at
    BEFORE UPDATE ON chapters
    FOR EACH ROW
    EXECUTE FUNCTION set_updated_at();

COMMENT ON TABLE chapters IS 'The text of a book, in order.';
COMMENT ON COLUMN chapters.position IS 'Place in the book, from 1; unique within it.';
COMMENT ON COLUMN chapters.body_length IS 'Characters in the body, kept by the database.';
COMMENT ON COLUMN chapters.is_preview IS 'May be read without owning the book.';

-- --------------------------------------------------------------------------------------------------- transactions

CREATE TABLE transactions (
    id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id             bigint NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
    book_id             bigint NOT NULL REFERENCES books (id) ON DELETE RESTRICT,
    kind                transaction_kind NOT NULL DEFAULT 'purchase',
    status              transaction_status NOT NULL DEFAULT 'pending',
    amount_minor        bigint NOT NULL,
    currency            char(3) NOT NULL,
    idempotency_key     text NOT NULL,
    provider            text NOT NULL,
    provider_reference  text,
    refund_of           bigint,
    failure_reason      text,
    metadata            jsonb NOT NULL DEFAULT '{}',
    created_at          timestamptz NOT NULL DEFAULT now(),
    updated_at          timestamptz NOT NULL DEFAULT now(),
    completed_at        timestamptz,
    CONSTRAINT transactions_user_id_idempotency_key_key UNIQUE (user_id, idempotency_key),
    CONSTRAINT transactions_user_id_id_key UNIQUE (user_id, id),
    -- A refund goes to the one who paid.
    CONSTRAINT transactions_refund_of_fkey FOREIGN KEY (user_id, refund_of) REFERENCES transactions (user_id, id),
    CONSTRAINT transactions_amount_positive CHECK (amount_minor > 0),
    CONSTRAINT transactions_currency_shape CHECK (currency ~ '^[A-Z]{3}$'),
    CONSTRAINT transactions_idempotency_key_shape CHECK (length(idempotency_key) BETWEEN 8 AND 200),
    CONSTRAINT transactions_refund_of_kind CHECK ((kind = 'refund') = (refund_of IS NOT NULL)),
    CONSTRAINT transactions_completed CHECK ((status = 'pending') = (completed_at IS NULL)),
    CONSTRAINT transactions_failure_reason CHECK (failure_reason IS NULL OR status IN ('failed', 'cancelled'))
);

CREATE UNIQUE INDEX transactions_provider_reference_key ON transactions (provider, provider_reference)
    WHERE provider_reference IS NOT NULL;
CREATE INDEX transactions_user_id_created_at_idx ON transactions (user_id, created_at DESC);
CREATE INDEX transactions_book_id_idx ON transactions (book_id) INCLUDE (amount_minor, currency)
    WHERE status = 'succeeded';
CREATE INDEX transactions_pending_idx ON transactions (provider, created_at) WHERE status = 'pending';
CREATE INDEX transactions_refund_of_idx ON transactions (refund_of) WHERE refund_of IS NOT NULL;

CREATE TRIGGER transactions_set_updated_at
    BEFORE UPDATE ON transactions
    FOR EACH ROW
    EXECUTE FUNCTION set_updated_at();

COMMENT ON TABLE transactions IS 'Payments and refunds. Rows are never deleted.';
COMMENT ON COLUMN transactions.amount_minor IS 'Always positive, in the smallest unit of the currency; kind says which way.';
COMMENT ON COLUMN transactions.idempotency_key IS 'Chosen by the client: the same request sent twice is one payment.';
COMMENT ON COLUMN transactions.provider_reference IS 'The provider''s own identifier, once it has given one.';
COMMENT ON COLUMN transactions.refund_of IS 'The purchase that a refund gives back.';

-- --------------------------------------------------------------------------------------------------- user_library

CREATE TABLE user_library (
    user_id         bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    book_id         bigint NOT NULL REFERENCES books (id) ON DELETE RESTRICT,
    acquired_by     acquisition NOT NULL DEFAULT 'purchase',
    transaction_id  bigint,
    acquired_at     timestamptz NOT NULL DEFAULT now(),
    revoked_at      timestamptz,
    PRIMARY KEY (user_id, book_id),
    CONSTRAINT user_library_transaction_id_key UNIQUE (transaction_id),
    -- The payment was made by the owner of this library.
    CONSTRAINT user_library_transaction_fkey FOREIGN KEY (user_id, transaction_id)
        REFERENCES transactions (user_id, id),
    CONSTRAINT user_library_purchase_is_paid CHECK (acquired_by <> 'purchase' OR transaction_id IS NOT NULL),
    CONSTRAINT user_library_revoked_later CHECK (revoked_at >= acquired_at)
);

CREATE INDEX user_library_book_id_idx ON user_library (book_id) WHERE revoked_at IS NULL;

COMMENT ON TABLE user_library IS 'Which books a user owns.';
COMMENT ON COLUMN user_library.transaction_id IS 'The payment, for what was bought.';
COMMENT ON COLUMN user_library.revoked_at IS 'When the right to read ended, after a refund for instance.';

-- ------------------------------------------------------------------------------------------------------- comments

CREATE TABLE comments (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    book_id         bigint NOT NULL REFERENCES books (id) ON DELETE CASCADE,
    chapter_id      bigint,
    parent_id       bigint,
    user_id         bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    body            text NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    deleted_at      timestamptz,
    -- A foreign key does not look at a row with a NULL in it; this makes "no chapter" comparable.
    chapter_key     bigint NOT NULL GENERATED ALWAYS AS (coalesce(chapter_id, 0)) STORED,
    CONSTRAINT comments_thread_key UNIQUE (id, book_id, chapter_key),
    CONSTRAINT comments_chapter_fkey FOREIGN KEY (book_id, chapter_id)
        REFERENCES chapters (book_id, id) ON DELETE CASCADE,
    -- An answer stands under the same book and the same chapter as what it answers.
    CONSTRAINT comments_parent_fkey FOREIGN KEY (parent_id, book_id, chapter_key)
        REFERENCES comments (id, book_id, chapter_key) ON DELETE CASCADE,
    CONSTRAINT comments_not_own_parent CHECK (parent_id <> id),
    CONSTRAINT comments_body_length CHECK (char_length(body) BETWEEN 1 AND 10000)
);

CREATE INDEX comments_book_id_idx ON comments (book_id, created_at DESC) WHERE parent_id IS NULL;
CREATE INDEX comments_chapter_id_idx ON comments (chapter_id, created_at DESC) WHERE chapter_id IS NOT NULL;
CREATE INDEX comments_parent_id_idx ON comments (parent_id, created_at) WHERE parent_id IS NOT NULL;
CREATE INDEX comments_user_id_idx ON comments (user_id, created_at DESC);

CREATE TRIGGER comments_set_updated_at
    BEFORE UPDATE ON comments
    FOR EACH ROW
    EXECUTE FUNCTION set_updated_at();

COMMENT ON TABLE comments IS 'What readers say about a book or one of its chapters, in threads.';
COMMENT ON COLUMN comments.chapter_id IS 'The chapter that is spoken of; none for the book as a whole.';
COMMENT ON COLUMN comments.parent_id IS 'The comment that this one answers; none for the first of a thread.';
COMMENT ON COLUMN comments.deleted_at IS 'Taken back by its writer or a moderator; the row stays for its answers.';

-- ------------------------------------------------------------------------------------------------------ bookmarks

CREATE TABLE bookmarks (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id         bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    book_id         bigint NOT NULL,
    chapter_id      bigint NOT NULL,
    char_offset     integer NOT NULL DEFAULT 0,
    percent_read    numeric(5,2) NOT NULL DEFAULT 0,
    is_current      boolean NOT NULL DEFAULT true,
    note            text,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT bookmarks_chapter_fkey FOREIGN KEY (book_id, chapter_id)
        REFERENCES chapters (book_id, id) ON DELETE CASCADE,
    CONSTRAINT bookmarks_char_offset_not_negative CHECK (char_offset >= 0),
    CONSTRAINT bookmarks_percent_range CHECK (percent_read >= 0 AND percent_read <= 100)
);

-- One place where a reader stopped in each book; any number of others that were kept on purpose.
CREATE UNIQUE INDEX bookmarks_current_key ON bookmarks (user_id, book_id) WHERE is_current;
CREATE INDEX bookmarks_user_id_updated_at_idx ON bookmarks (user_id, updated_at DESC);
CREATE INDEX bookmarks_chapter_idx ON bookmarks (book_id, chapter_id);

CREATE TRIGGER bookmarks_set_updated_at
    BEFORE UPDATE ON bookmarks
    FOR EACH ROW
    EXECUTE FUNCTION set_updated_at();

COMMENT ON TABLE bookmarks IS 'Reading progress, and places that a reader wants to find again.';
COMMENT ON COLUMN bookmarks.is_current IS 'The place where reading goes on: at most one for a user and a book.';
COMMENT ON COLUMN bookmarks.char_offset IS 'Characters from the start of the chapter.';

-- -------------------------------------------------------------------------------------------------------- ratings

CREATE TABLE ratings (
    user_id         bigint NOT NULL,
    book_id         bigint NOT NULL,
    stars           smallint NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, book_id),
    -- Who rates a book owns it.
    CONSTRAINT ratings_library_fkey FOREIGN KEY (user_id, book_id)
        REFERENCES user_library (user_id, book_id) ON DELETE CASCADE,
    CONSTRAINT ratings_stars_range CHECK (stars BETWEEN 1 AND 5)
);

CREATE INDEX ratings_book_id_idx ON ratings (book_id) INCLUDE (stars);

CREATE TRIGGER ratings_set_updated_at
    BEFORE UPDATE ON ratings
    FOR EACH ROW
    EXECUTE FUNCTION set_updated_at();

COMMENT ON TABLE ratings IS 'Stars that owners give.';

CREATE VIEW book_ratings AS
    SELECT book_id, count(*) AS ratings, round(avg(stars), 2) AS stars
    FROM ratings
    GROUP BY book_id;

COMMENT ON VIEW book_ratings IS 'What a book is worth to those who own it.';
