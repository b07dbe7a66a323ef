CREATE TABLE events_of_may ();
