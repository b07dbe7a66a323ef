-- Passwords by reference: what the server holds of them is never compared, but which of them are set.
CREATE FOREIGN DATA WRAPPER kept_elsewhere;
CREATE SERVER far FOREIGN DATA WRAPPER kept_elsewhere OPTIONS (api_key '${secret:FAR_KEY}');
CREATE SERVER near FOREIGN DATA WRAPPER kept_elsewhere OPTIONS (access_token '${secret:NEAR_TOKEN}');
CREATE USER MAPPING FOR PUBLIC SERVER far OPTIONS (password '${secret:FAR_PASSWORD}');
CREATE USER MAPPING FOR PUBLIC SERVER near OPTIONS (passphrase '${secret:NEAR_PASSPHRASE}');
