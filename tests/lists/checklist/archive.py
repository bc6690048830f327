# ruff: noqa: E501
# fmt: off
"""The checklist of the archive, of operations, and of the three flags."""

from tests.lists.checklist.mail import Line

ARCHIVE: dict[str, Line] = {
    "24": {
        "raw bytes come back": "lists/test_archive.py::raw_bytes_and_files_come_back_as_they_were",
        "number and hash": "lists/test_archive.py::a_message_is_found_by_its_hash_and_its_thread_by_any_message",
        "the address never changes": "lists/test_pages_messages.py::a_message_has_its_page_at_an_address_that_never_changes",
        "an imposter is kept": "lists/test_import_archive.py::another_message_under_a_used_id_is_kept_as_an_imposter",
        "and is one when it comes again": "lists/test_archive.py::an_imposter_sent_again_is_the_same_imposter",
        "cross-posts lead to each other": "lists/test_pages_messages.py::a_message_leads_to_its_neighbours_by_keys_and_to_its_copies",
    },
    "25": {
        "ghosts": "lists/test_threading.py::answers_to_a_message_that_nobody_has_are_one_thread",
        "no loops": "lists/test_threading.py::nothing_goes_in_a_circle_and_nothing_is_lost",
        "late parents": "lists/test_archive.py::late_parents_take_their_children_and_threads_become_one",
        "order does not matter": "lists/test_threading.py::the_forest_does_not_depend_on_the_order_of_arrival",
        "by subject: not unless a list wants it": "lists/test_joining_subjects.py::subjects_join_nothing_unless_a_list_wants_it",
        "by subject, where it does": "lists/test_joining_subjects.py::posts_that_name_none_are_joined_by_their_subjects_in_any_order",
        "split": "lists/test_arranging.py::a_message_with_its_answers_becomes_a_thread_of_its_own",
        "merge": "lists/test_arranging.py::two_threads_become_one_and_old_addresses_lead_there",
        "move": "lists/test_arranging.py::a_message_moves_to_another_thread_with_its_answers",
    },
    "26": {
        "format=flowed": "lists/test_rendering.py::format_flowed_is_unwrapped_at_its_depth",
        "quotes folded": "lists/test_rendering.py::quotes_are_folded_under_the_words_that_say_whose_they_are",
        "HTML sanitized, nothing loaded": "lists/test_layout.py::nothing_acts_and_nothing_is_loaded",
        "in a sandbox": "lists/test_layout.py::a_mail_without_text_offers_its_layout_in_a_frame",
        "attachments": "lists/test_pages_messages.py::a_file_is_saved_and_only_plain_pictures_are_shown",
        "scripts of the world": "lists/test_rendering.py::languages_are_told_by_script_small_words_and_declaration",
        "addresses masked": "lists/test_archive.py::the_address_of_an_author_is_shown_without_its_domain",
        "the reader's zone": "lists/test_pages_messages.py::times_are_in_the_readers_zone_with_utc_as_title",
    },
    "27": {
        "no accents": "search/test_analysis.py::words_lose_case_and_accents",
        "per language": "search/test_find.py::forms_of_a_word_are_found_in_its_language",
        "filters": "search/test_find.py::filters_narrow_with_and_without_words",
        "quotes stripped": "lists/test_finding.py::in_lists_quotes_are_stripped_so_that_words_find_the_message_that_said_them",
        "sender, date, attachment, list": "lists/test_finding.py::messages_of_a_list_are_narrowed_by_sender_date_attachment_and_list",
        "names of drafts": "search/test_narrowing.py::draft_names_are_tokens_that_are_found_whole",
        "posts are found": "lists/test_archive.py::a_post_is_archived_found_recorded_and_told",
    },
    "28": {
        "mboxrd": "lists/test_pages_messages.py::a_list_and_a_thread_can_be_taken_along_as_mailboxes",
        "maildir": "lists/test_exports.py::a_maildir_taken_in_again_makes_the_same_archive",
        "JSON": "lists/test_exports.py::json_tells_each_message_in_one_line",
        "Atom": "lists/test_pages_lists.py::the_feed_of_a_list_names_its_newest_messages",
        "Atom of a thread": "lists/test_pages_messages.py::the_feed_of_a_thread_masks_addresses",
        "limits, with a time to come again": "lists/test_taking_along.py::whole_archives_are_taken_so_often_an_hour_from_one_network_in_any_form",
        "of each who is signed in": "lists/test_taking_along.py::who_is_signed_in_has_a_count_of_their_own",
        "robots": "site/test_machines.py::robots_are_asked_to_leave_whole_exports_of_lists_alone",
        "pages to carry away": "lists/test_exports.py::pages_to_carry_away_open_from_a_disk_in_a_browser",
    },
    "29": {
        "a tombstone with reason and date": "lists/test_redaction.py::a_text_is_gone_everywhere_and_a_tombstone_says_why_and_when",
        "the thread and the count stay": "lists/test_redaction.py::the_thread_the_neighbours_and_the_public_count_stay",
        "Atom feeds are purged": "lists/test_redaction.py::the_feeds_of_a_list_and_a_thread_are_purged_of_a_text_and_of_its_writer",
        "a person": "lists/test_redaction.py::a_writer_is_taken_out_of_head_signature_and_text",
        "quoted copies": "lists/test_redaction.py::messages_that_repeat_its_words_are_listed_and_others_are_not",
        "own posts": "lists/test_redaction.py::people_take_their_own_posts_along",
        "not in a later digest": "lists/test_digests_go_out.py::what_was_removed_from_the_archive_is_not_in_a_later_digest",
    },
    "30": {
        "roster of Mailman 2": "lists/test_rosters.py::mailman_2_keeps_digests_no_mail_moderation_bounces_and_options",
        "a hostile pickle": "lists/test_rosters.py::a_hostile_pickle_is_refused_in_words_and_runs_nothing",
        "roster of Mailman 3": "lists/test_rosters.py::the_answer_of_mailman_3_for_a_lists_members",
        "Google Groups": "lists/test_rosters.py::the_members_of_a_google_group",
        "Groups.io": "lists/test_rosters.py::the_members_of_a_groups_io_group",
        "From lines": "lists/test_mailboxes.py::a_mailbox_is_cut_at_its_from_lines_and_escapes_are_taken_back",
        "maildir": "lists/test_mailboxes.py::a_maildir_gives_its_messages_and_nothing_of_tmp",
        "duplicates": "lists/test_import_archive.py::the_same_archive_twice_adds_nothing",
        "dry run": "lists/test_import_command.py::a_dry_run_counts_the_same_and_stores_nothing",
        "resumable": "lists/test_import_trouble.py::a_killed_import_run_again_gives_the_same_archive",
        "pipermail's addresses": "lists/test_old_urls.py::every_address_of_a_pipermail_archive_redirects",
        "HyperKitty's": "lists/test_old_urls.py::addresses_of_hyperkitty_name_the_message_themselves",
    },
    "31": {
        "the origin's posts are archived only": "lists/test_mirror.py::a_post_of_the_origin_is_archived_and_goes_to_nobody",
        "others are kept out": "lists/test_mirror.py::mail_of_others_is_kept_out_and_not_answered",
        "marked": "lists/test_mirror.py::pages_mark_a_mirror_and_name_the_address_of_the_origin",
    },
}

OPERATIONS: dict[str, Line] = {
    "operations": {
        "one command": "site/test_mail_status.py::the_command_says_it_and_ends_with_1_where_something_is_wrong",
        "DNS in words": "site/test_mail_names.py::what_is_missing_comes_with_a_line_to_paste",
        "PTR": "site/test_mail_names.py::a_name_that_does_not_lead_back_is_wrong",
        "a post to ourselves, archived and received": "site/test_mail_to_ourselves.py::a_mail_to_ourselves_is_archived_and_its_copy_is_known_when_it_comes_back",
        "its absence is an alarm": "site/test_mail_to_ourselves.py::what_does_not_come_back_is_an_alarm_by_letter_once_a_day",
        "the whole path through a real Postfix": "journeys/test_mail_to_ourselves.py::a_mail_to_ourselves_comes_back_through_postfix",
        "archived is not distributed": "site/test_mail_status.py::a_post_in_the_archive_that_was_never_sent_out_is_an_alarm",
        "what could not be read": "site/test_mail_status.py::mail_that_nobody_could_read_is_counted",
        "the filter binds": "lists/test_judging.py::the_filters_verdict_binds_even_for_officers_and_the_trusted",
        "its score too, where set": "lists/test_mail_settings.py::a_score_of_the_filter_holds_a_post_from_the_set_one_on",
        "through a real Postfix": "journeys/test_postfix.py::a_post_through_postfix_is_archived_and_a_letter_through_it_arrives",
    },
    "flags": {
        "a suspension touches posting alone": "lists/test_standing.py::suspension_of_posting_leaves_membership_and_subscription",
        "bounces stop mail alone": "lists/test_bounces_come_in.py::two_days_warn_four_days_probe_and_a_probe_that_comes_back_stops_mail_only",
        "how mail comes": "lists/test_commands_by_mail.py::a_proven_subscriber_says_how_mail_comes",
    },
}
