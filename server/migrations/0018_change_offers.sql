-- A visit that an edit of the timetable has put at another time or with another doctor, and the question to the patient:
-- does it suit? The visit is booked there already and stays when nobody answers. `replaced_id` is the appointment it was.
create table booking.change_offer (
  patient_id uuid not null,
  appointment_id uuid not null,
  organization_id uuid not null,
  replaced_id uuid not null,
  reason text not null,
  made_at timestamptz not null,
  -- Until then the patient may choose another time or cancel, whatever the organisation's own deadline is.
  answer_by timestamptz not null,
  -- overtaken: another edit has moved or cancelled the visit before anybody answered.
  answer text check (answer in ('accepted', 'moved', 'cancelled', 'overtaken')),
  answered_at timestamptz,
  primary key (patient_id, appointment_id),
  check ((answer is null) = (answered_at is null))
);
create index change_offer_made on booking.change_offer (organization_id, made_at);
