# ruff: noqa: E501
# fmt: off
"""
The checklist of the mail engine, line by line: what is required, and the test that shows it.

Numbers are those of `shared/specs/lists.md`. A test is named by its file below `tests` and its name
without `test_`. `test_checklist` fails where a named test is not there, or a line has none.
"""

type Line = dict[str, str]

RECEIVING: dict[str, Line] = {
    "1": {
        "LMTP replies once for each recipient": "site/test_listener.py::lmtp_answers_for_each_recipient",
        "one list may refuse while the other keeps": "site/test_listener_protocol.py::of_two_lists_in_one_transaction_one_may_refuse_and_the_other_keep",
        "a refused size is said to each": "faults/test_intake.py::a_post_of_sixty_megabytes_is_refused_as_announced_and_as_it_comes",
    },
    "2": {
        "unknown list, closed list, unknown sub-address: refused at RCPT": "site/test_listener_protocol.py::a_recipient_that_is_none_is_refused_before_any_mail_is_sent",
        "an indexed look, whatever the number of names": "lists/test_mail_settings.py::an_address_is_found_by_an_indexed_question_a_reading_however_many_lists_there_are",
        "many recipients": "faults/test_intake.py::a_mail_that_names_ten_thousand_lists_goes_to_a_hundred_and_is_soon_done",
    },
    "3": {
        "250 after raw bytes and jobs are committed": "lists/test_receiving.py::a_proven_post_of_a_subscriber_is_archived_recorded_and_set_on_its_way",
        "kept when it is accepted": "site/test_listener.py::mail_for_a_list_is_in_the_archive_when_it_is_accepted",
        "451 without tables": "site/test_listener.py::while_the_database_is_in_trouble_the_sender_is_asked_to_come_again",
        "451 without a database, kept later": "faults/test_database.py::while_the_database_is_gone_posts_are_put_off_and_later_kept",
        "451 on a full disk, kept later": "faults/test_database.py::while_the_disk_is_full_posts_are_put_off_and_later_kept",
        "a crash neither loses nor doubles": "faults/test_killing.py::whatever_is_killed_no_accepted_post_is_lost_and_few_copies_come_again",
        "a retry is one post": "lists/test_receiving.py::a_mail_that_comes_twice_is_one_post",
        "a retry to more lists is one post in each": "site/test_listener_protocol.py::a_mail_that_comes_again_to_more_lists_is_one_post_in_each",
        "in SMTP, to come again goes before never": "site/test_listener_protocol.py::what_shall_come_again_goes_before_what_is_refused_for_good",
        "FULL in the listener": "site/test_durable.py::every_connection_of_the_listener_commits_to_the_disk",
        "FULL in the worker": "site/test_durable.py::every_connection_of_the_worker_commits_to_the_disk",
        "FULL in the web": "site/test_durable.py::every_connection_of_the_web_commits_to_the_disk",
        "NORMAL in an import only": "site/test_durable.py::an_import_alone_is_laxer_and_strict_again_when_it_ends",
    },
    "4": {
        "SIZE, 8BITMIME, SMTPUTF8 announced": "site/test_listener_protocol.py::size_8bitmime_and_smtputf8_are_announced",
        "SIZE enforced": "site/test_listener.py::a_message_that_is_too_large_is_refused_with_words",
        "an address beyond ASCII": "site/test_listener_protocol.py::addresses_and_words_beyond_ascii_are_taken",
        "smuggled line ends are refused in the dialogue": "site/test_line_ends.py::no_bare_line_end_smuggles_a_second_mail",
        "other bare line ends too, but from our own server": "site/test_line_ends.py::other_bare_line_ends_are_refused_in_smtp_and_kept_from_our_own_server",
        "and the next mail is taken": "site/test_line_ends.py::after_a_refused_mail_the_next_is_taken",
        "nor on the way out": "lists/test_courier.py::dots_and_bare_line_ends_arrive_as_they_were_written",
    },
    "5": {
        "each sub-address": "lists/test_recipients.py::each_sub_address_is_read_after_the_whole_name",
        "RFC 2142 names": "lists/test_recipients.py::other_role_names_of_rfc_2142_give_way_to_a_list_of_that_name",
        "reserved names": "lists/test_recipients.py::reserved_role_names_are_roles_whatever_lists_there_are",
        "-owner reaches who holds the office": "lists/test_office_mail.py::mail_to_the_owner_reaches_who_holds_the_office_and_is_kept_byte_by_byte",
        "-secretariat and the names of RFC 2142": "lists/test_office_mail.py::the_secretariat_gets_its_mail_and_that_of_the_roles_of_rfc_2142",
        "the delimiter is read": "lists/test_recipients.py::the_delimiter_of_tokens_can_be_chosen",
        "and written": "lists/test_mail_settings.py::addresses_with_tokens_are_written_as_they_are_read",
    },
    "6": {
        "hostile mail raises nothing and is quick": "lists/test_hostile_mail.py::hostile_mail_is_pressed_quickly_and_raises_nothing",
        "nor when judged": "lists/test_hostile_posts.py::hostile_input_is_judged_quickly_and_raises_nothing",
        "no bytes raise": "lists/test_hostile_posts.py::no_bytes_raise_and_judging_is_total",
        "10,000 parts": "lists/test_hostile_mail.py::ten_thousand_parts_are_read_in_no_time_and_the_first_thousand_are_files",
        "nested messages": "lists/test_hostile_mail.py::parts_within_parts_ten_thousand_deep_do_not_break_the_reader",
        "missing Message-ID": "lists/test_parsing.py::a_message_without_an_id_worth_the_name_gets_a_stable_one",
        "dates that are none": "lists/test_parsing.py::a_date_that_is_none_is_taken_from_the_server_that_received",
        "unknown charsets": "lists/test_parsing.py::bytes_that_fit_no_charset_are_still_read",
        "uuencode": "lists/test_parsing.py::uuencoded_lines_in_text_are_named_and_not_shown",
        "two From": "lists/test_hostile_posts.py::several_from_are_held_however_they_are_written",
        "the torture tests": "lists/test_hostile_mail.py::every_torture_message_is_read_or_named",
        "nor does keeping what is judged": "lists/test_receiving.py::an_author_that_no_column_holds_is_held_and_not_asked_to_come_again",
        "an envelope that is no text": "site/test_listener_protocol.py::a_sender_that_is_no_text_is_refused_before_any_mail_is_sent",
    },
}

IDENTITY: dict[str, Line] = {
    "7": {
        "results in our name that are not ours are ignored": "lists/test_dmarc_and_results.py::a_field_that_bears_our_servers_name_and_is_not_from_it_is_ignored",
        "and taken out": "lists/test_composing.py::what_others_told_of_their_list_is_taken_out_and_all_else_stays_as_it_was",
        "SPF from the trusted server": "lists/test_dmarc_and_results.py::spf_counts_when_our_own_server_found_it_and_its_domain_is_aligned",
        "DKIM": "lists/test_authentication.py::a_signature_of_the_from_domain_authenticates",
        "DMARC": "lists/test_dmarc_and_results.py::the_policy_of_the_from_domain_is_read",
        "ARC": "lists/test_dmarc_and_results.py::a_chain_of_seals_is_verified",
    },
    "8": {
        "aligned or confirmed, else no member": "lists/test_judging.py::a_members_post_counts_only_when_authenticated_or_confirmed_by_reply",
        "confirmed by a one-time reply": "lists/test_receiving.py::an_unproven_mail_waits_until_its_author_confirms_it_once",
        "nothing unproven is accepted": "lists/test_hostile_posts.py::nothing_unproven_is_ever_accepted",
        "any verified address counts": "lists/test_mail_settings.py::a_post_from_any_verified_address_of_a_subscriber_goes_out",
        "for commands too": "lists/test_commands_by_mail.py::any_verified_address_of_a_person_leaves_for_their_others",
        "moderation by mail: a token for each act": "lists/test_moderating_by_mail.py::a_token_decides_once",
        # Objections and seconding by mail come with issue 4; whom such a mail binds is decided here.
        "binding acts: the rule and its door": "lists/test_binding.py::a_proven_mail_of_whom_was_asked_binds_them_from_any_address_of_theirs",
        "neither token nor proof alone": "lists/test_binding.py::neither_the_token_alone_nor_the_proof_alone_binds",
        "a token that was handed on": "lists/test_binding.py::a_token_that_was_handed_on_binds_nobody_else",
    },
    "9": {
        "own List-Id, List-Post, robots: dropped or held": "lists/test_loops_and_robots.py::loops_and_robots_are_dropped_or_held_and_not_answered",
        "more than 50 Received": "lists/test_loops_and_robots.py::fifty_received_fields_are_a_long_way_and_no_circle",
        "null sender": "lists/test_loops_and_robots.py::a_null_sender_is_dropped_and_never_answered",
        "mailer-daemon": "lists/test_loops_and_robots.py::mailer_daemon_is_dropped_and_never_answered",
        "two lists in a loop": "faults/test_intake.py::a_loop_between_two_lists_ends",
        "one automatic answer a day": "lists/test_limits.py::a_sender_gets_one_automatic_answer_a_day",
        "letters of lists: a return path of their own": "lists/test_letters_come_back.py::each_letter_of_a_list_leaves_with_a_return_path_of_its_own",
        "what comes back to it is noted once": "lists/test_letters_come_back.py::a_letter_that_comes_back_is_noted_once_and_scored_against_its_reader",
        "and answered to nobody": "lists/test_letters_come_back.py::a_letter_that_is_late_or_answered_by_a_machine_did_not_come_back",
        "letters are signed": "site/test_letters_signed.py::a_letter_is_signed_by_the_domain_it_comes_from",
        "our notices say what they are": "outbox/test_send.py::a_letter_arrives_as_text_first_and_html_beside_it",
        "refused in the dialogue": "lists/test_receiving.py::a_suspended_author_is_refused_on_the_line_with_the_reason",
        "no notice to the unproven": "lists/test_receiving.py::an_unproven_stranger_is_never_written_to",
    },
    "10": {
        "vacation replies are no bounces": "lists/test_bounces_come_in.py::vacation_replies_to_a_return_path_are_no_bounces",
        "nor commands": "lists/test_commands_by_mail.py::a_vacation_reply_to_a_question_confirms_nothing",
    },
}

MODERATION: dict[str, Line] = {
    "11": {
        "hold with reasons": "lists/test_receiving.py::a_stranger_s_proven_post_is_held_and_both_sides_are_told_why",
        "approve, whole and unedited": "lists/test_moderating.py::an_approved_post_goes_out_byte_for_byte_as_it_came",
        "reject with a reason": "lists/test_moderating.py::a_rejected_post_goes_nowhere_and_its_author_reads_the_reason",
        "discard": "lists/test_moderating.py::a_discarded_post_is_told_to_nobody",
        "approve and trust": "lists/test_moderating.py::trust_lets_the_next_first_post_out_at_once",
        "claim": "lists/test_moderating.py::one_moderator_has_a_post_in_hand_for_an_hour",
        "expiry": "lists/test_moderating.py::a_post_expires_after_fourteen_days_and_its_author_is_told",
        "by mail": "lists/test_moderating_by_mail.py::approve_by_mail_lets_the_post_out_and_says_so",
        "by web": "lists/test_pages_queue.py::a_button_decides",
        "counts are public": "lists/test_settings.py::the_numbers_are_public_and_name_nobody",
        "first post": "lists/test_moderating.py::the_first_post_is_held_and_after_approval_the_second_goes_out",
        "topic close": "lists/test_judging.py::a_closed_topic_holds_whatever_answers_one_of_its_messages",
        "by whatever way one comes into it": "lists/test_closed_topics.py::a_post_that_would_come_into_a_closed_topic_is_held",
        "emergency stop": "lists/test_settings.py::the_emergency_stop_holds_every_post_and_says_why",
        "suspension leaves membership": "lists/test_standing.py::suspension_of_posting_leaves_membership_and_subscription",
    },
    "12": {
        "bombing is limited": "lists/test_commands_by_mail.py::a_flood_of_forged_joins_ends_after_two_hundred_letters_an_hour",
        "tokens once, with an end": "lists/test_commands_by_mail.py::a_confirmation_counts_once_and_before_its_end",
        "no account needed": "lists/test_commands_by_mail.py::joining_by_mail_needs_no_account_and_waits_for_a_confirmation",
        "a page tells nothing of an address": "lists/test_pages_subscribing.py::the_page_is_the_same_whether_or_not_an_address_is_on_the_list",
        "no page names readers": "lists/test_mail_settings.py::no_public_page_of_a_list_names_who_reads_it",
        "the roster is private in the record": "lists/test_subscribe.py::the_record_keeps_a_subscription_private_and_the_address_as_a_salted_digest",
    },
}

LEAVING = "lists/test_what_leaves.py::"
TRANSFORMING: dict[str, Line] = {
    "13": {
        "the body leaves byte for byte": LEAVING + "the_body_leaves_as_it_came_byte_for_byte",
        "signed mail leaves untouched": LEAVING + "a_signed_mail_leaves_as_it_came_with_its_own_fields",
        "no prefix, no footer": LEAVING + "neither_prefix_nor_footer_is_added_unless_the_list_wants_them",
        "both by the list's wish": LEAVING + "a_list_that_wants_them_adds_a_prefix_and_a_footer_and_drops_what_they_broke",
        "any body": "lists/test_composing.py::no_mail_keeps_a_list_from_making_its_copies",
    },
    "14": {
        "what others told is taken out": "lists/test_composing.py::what_others_told_of_their_list_is_taken_out_and_all_else_stays_as_it_was",
        "our old seals": "lists/test_composing.py::our_sets_of_a_chain_go_with_those_sealed_over_them",
        "signatures that hold stay": LEAVING + "a_signature_that_an_edit_did_not_break_is_kept",
    },
    "15": {
        "List-* complete, Precedence, no Auto-Submitted": LEAVING + "what_leaves_names_every_way_of_its_list",
        "Archived-At is the stored address": LEAVING + "archived_at_is_the_address_of_the_post_in_the_archive",
        "one click: https, signed, without cookies, no redirect": LEAVING + "one_click_is_https_signed_and_done_by_a_post_without_cookies",
        "a look leaves nothing": LEAVING + "looking_at_a_one_click_link_leaves_nothing",
    },
    "16": {
        "only where it must be": LEAVING + "from_names_the_list_only_where_the_copy_would_be_refused",
        "silence of DNS mitigates": LEAVING + "where_dns_is_silent_about_the_policy_a_broken_copy_is_mitigated",
        "silence about a key too": LEAVING + "where_dns_falls_silent_about_the_key_an_intact_copy_is_mitigated",
        "Cc where the list munges": LEAVING + "a_list_that_asks_for_answers_keeps_a_rewritten_author_in_copy",
        "wrapped on request": LEAVING + "a_list_that_wraps_carries_a_post_whole_where_from_would_be_rewritten",
        "and only where it must be": LEAVING + "a_list_that_wraps_leaves_alone_what_needs_no_mitigation",
        "nothing inside is changed": "lists/test_wrapping.py::no_mail_keeps_a_list_from_wrapping_it",
        "the organization's record": "lists/test_dmarc_and_results.py::a_domain_without_a_record_follows_its_organization",
        "sp=": "lists/test_dmarc_and_results.py::sp_is_for_subdomains_only_and_their_own_record_comes_first",
        "several records": "lists/test_dmarc_and_results.py::of_several_records_none_counts_and_other_texts_are_left_aside",
        "DNS cached": "lists/test_resolver.py::answers_are_remembered_as_long_as_they_hold",
        "DNS time-limited": "lists/test_resolver.py::a_budget_holds_for_all_questions_together",
    },
    "17": {
        "once a post, after all edits, DKIM outside": LEAVING + "what_leaves_is_sealed_once_and_our_signature_stands_outside_the_seal",
        "i= and cv=": "lists/test_signing.py::a_second_list_seals_over_a_chain_that_passed",
        "never pass over a failed chain": "lists/test_signing.py::a_chain_that_did_not_pass_is_never_sealed_as_passed",
    },
    "18": {
        "each copy by the list's domain": LEAVING + "what_leaves_verifies_by_our_signature_and_by_the_author_s",
        "the body hashed once": "lists/test_signing.py::a_template_is_signed_as_all_its_copies_are_sent",
        "or by a milter": "lists/test_courier.py::a_second_key_signs_beside_the_first_and_none_where_the_server_signs",
    },
    "19": {
        "programs refused": "lists/test_hostile_posts.py::programs_are_found_by_name_type_and_first_bytes",
        "receipts stripped": LEAVING + "what_leaves_names_every_way_of_its_list",
        "text of HTML for the archive only": "lists/test_parsing.py::plain_text_is_preferred_and_html_is_told_in_words",
    },
}

SENDING: dict[str, Line] = {
    "20": {
        "one copy each": LEAVING + "each_reader_has_a_copy_a_return_path_and_a_way_out_of_their_own",
        "connections pooled": "lists/test_courier.py::connections_are_kept_and_no_more_are_opened_than_allowed",
        "pipelined, marked before the next DATA": "lists/test_courier.py::the_next_copy_is_offered_early_and_its_content_waits_for_the_mark_of_the_last",
        "SKIP LOCKED": "lists/test_relaying.py::two_workers_never_have_one_parcel_in_hand",
        "a crash repeats at most one a connection": "faults/test_killing.py::whatever_is_killed_no_accepted_post_is_lost_and_few_copies_come_again",
        "4xx is tried again": "lists/test_relaying.py::a_copy_that_is_put_off_is_tried_later_and_given_up_after_five_days",
        "552 to RCPT is for now": "faults/test_mail_server.py::on_a_bad_day_of_the_mail_server_each_gets_one_copy_in_the_end",
        "our own server's 5xx never scores": "lists/test_bouncing.py::what_our_own_server_refuses_never_counts",
        "both through a real Postfix": "journeys/test_refusals_of_postfix.py::what_our_own_postfix_refuses_scores_nothing_and_552_is_tried_again",
    },
    "21": {
        "not twice to those in To and Cc": "lists/test_relaying.py::who_is_named_in_the_mail_itself_gets_no_second_copy_unless_they_wish",
        "never to a list": "lists/test_subscribe.py::a_list_cannot_subscribe_to_a_list",
        "left, stopped, muted": "lists/test_relaying.py::who_leaves_loses_their_mail_or_mutes_a_thread_gets_no_copy",
        "no mail but what is followed": "lists/test_relaying.py::who_gets_no_mail_gets_the_thread_they_follow",
        "digest": "lists/test_digests_go_out.py::changing_from_each_to_a_digest_and_back_leaves_no_gap_and_no_double",
    },
    "22": {
        "a token and no address": LEAVING + "each_reader_has_a_copy_a_return_path_and_a_way_out_of_their_own",
        "NOTIFY and ENVID where offered": "lists/test_courier.py::a_server_that_knows_them_is_told_of_octets_addresses_and_notices",
    },
    "23": {
        "token first": "lists/test_bounces_come_in.py::reports_without_a_token_or_with_a_forged_one_are_counted_and_score_nothing",
        "DSN": "lists/test_bounces.py::a_report_tells_every_recipient_with_its_reason",
        "without a standard": "lists/test_bounces.py::servers_without_a_standard_are_understood",
        "by enhanced code": "lists/test_bouncing.py::a_refusal_is_classed_by_its_code",
        "our own server's refusals are no bounces, through a real Postfix": "journeys/test_refusals_of_postfix.py::what_our_own_postfix_refuses_scores_nothing_and_552_is_tried_again",
        "policy and content never score": "lists/test_bounces_come_in.py::refusals_of_what_a_post_says_and_passing_troubles_never_score",
        "a day counts once": "lists/test_bounces_come_in.py::a_day_of_bounces_counts_as_its_worst",
        "warn, probe, then mail only stops": "lists/test_bounces_come_in.py::two_days_warn_four_days_probe_and_a_probe_that_comes_back_stops_mail_only",
        "one click lets mail come again": "lists/test_bounces_come_in.py::one_click_in_the_letter_lets_mail_come_again",
        "circuit breaker": "lists/test_bounces_come_in.py::more_than_one_in_twenty_pauses_the_post_forgives_its_readers_and_tells_the_owners",
        "of recipients, not of reports": "lists/test_bounces_come_in.py::one_reader_whose_reports_say_five_things_is_one_and_no_pattern",
        "complaints": "lists/test_bounces_come_in.py::a_complaint_stops_mail_at_once_and_writes_no_letter",
    },
    "digests": {
        "MIME, with contents and links": "lists/test_digests.py::a_whole_digest_begins_with_a_table_of_contents_with_archive_links",
        "plain": "lists/test_digests.py::a_plain_digest_is_laid_out_as_rfc_1153_says",
        "no bogus Archived-At": "lists/test_digests.py::a_digest_says_what_it_is_and_is_in_no_archive",
        "the reader's zone": "lists/test_digest_windows.py::two_readers_on_two_sides_of_the_world_have_two_days",
        "windows": "lists/test_digest_windows.py::digests_tile_time_whatever_the_reader_changes_and_however_late_the_worker",
        "replies are held": "lists/test_judging.py::a_reply_to_a_digest_is_held_with_its_reason",
    },
}
