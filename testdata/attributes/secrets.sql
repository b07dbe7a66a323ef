-- Passwords by reference: what the server holds of them is never compared.
CREATE FOREIGN DATA WRAPPER kept_elsewhere;
CREATE SERVER far FOREIGN DATA WRAPPER kept_elsewhere OPTIONS (api_key '${secret:FAR_KEY}');
CREATE USER MAPPING FOR PUBLIC SERVER far OPTIONS (password '${secret:FAR_PASSWORD}');
