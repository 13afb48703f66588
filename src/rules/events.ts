// What may happen to an account; each has its words for its holder.

export type EventKind =
  | 'requested'
  | 'address_corrected'
  | 'activated'
  | 'signed_in'
  | 'signed_out'
  | 'reset_requested'
  | 'password_reset'
  | 'provisional_requested'
  | 'password_changed'
  | 'identifier_reminded'
  | 'email_change_requested'
  | 'email_change_cancelled'
  | 'email_changed'
  | 'sessions_ended'
  | 'closed'
  | 'closed_by_landlord';
