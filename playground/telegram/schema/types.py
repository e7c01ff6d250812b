"""Object types of Bot API 10.1 that occur in parameters of the methods the playground knows."""

from __future__ import annotations

from playground.telegram.schema.notation import shapes

_GROUPS = {
    "media": "media! caption parse_mode caption_entities:[MessageEntity]",
    "above": "show_caption_above_media:Bool",
    "size": "width:Int height:Int duration:Int",
    "look": "icon_custom_emoji_id style",
}

_TABLE = """
MessageEntity: type! offset!:Int length!:Int url user:User language custom_emoji_id unix_time:Int date_time_format
User: id!:Int is_bot!:Bool first_name! last_name username language_code is_premium:Bool
    added_to_attachment_menu:Bool can_join_groups:Bool can_read_all_group_messages:Bool supports_guest_queries:Bool
    supports_inline_queries:Bool can_connect_to_business:Bool has_main_web_app:Bool has_topics_enabled:Bool
    allows_users_to_create_topics:Bool can_manage_bots:Bool supports_join_request_queries:Bool
LinkPreviewOptions: is_disabled:Bool url prefer_small_media:Bool prefer_large_media:Bool show_above_text:Bool
SuggestedPostParameters: price:SuggestedPostPrice send_date:Int
SuggestedPostPrice: currency! amount!:Int
ReplyParameters: message_id!:Int chat_id:Int|Str allow_sending_without_reply:Bool quote quote_parse_mode
    quote_entities:[MessageEntity] quote_position:Int checklist_task_id:Int poll_option_id
InputRichMessage: html markdown is_rtl:Bool skip_entity_detection:Bool

InlineKeyboardMarkup: inline_keyboard!:[[InlineKeyboardButton]]
InlineKeyboardButton: text! &look url callback_data web_app:WebAppInfo login_url:LoginUrl switch_inline_query
    switch_inline_query_current_chat switch_inline_query_chosen_chat:SwitchInlineQueryChosenChat
    copy_text:CopyTextButton callback_game:CallbackGame pay:Bool
WebAppInfo: url!
LoginUrl: url! forward_text bot_username request_write_access:Bool
SwitchInlineQueryChosenChat: query allow_user_chats:Bool allow_bot_chats:Bool allow_group_chats:Bool
    allow_channel_chats:Bool
CopyTextButton: text!
CallbackGame
ReplyKeyboardMarkup: keyboard!:[[KeyboardButton]] is_persistent:Bool resize_keyboard:Bool one_time_keyboard:Bool
    input_field_placeholder selective:Bool
KeyboardButton: text! &look request_users:KeyboardButtonRequestUsers request_chat:KeyboardButtonRequestChat
    request_managed_bot:KeyboardButtonRequestManagedBot request_contact:Bool request_location:Bool
    request_poll:KeyboardButtonPollType web_app:WebAppInfo
KeyboardButtonRequestUsers: request_id!:Int user_is_bot:Bool user_is_premium:Bool max_quantity:Int request_name:Bool
    request_username:Bool request_photo:Bool
KeyboardButtonRequestChat: request_id!:Int chat_is_channel!:Bool chat_is_forum:Bool chat_has_username:Bool
    chat_is_created:Bool user_administrator_rights:ChatAdministratorRights
    bot_administrator_rights:ChatAdministratorRights bot_is_member:Bool request_title:Bool request_username:Bool
    request_photo:Bool
KeyboardButtonRequestManagedBot: request_id!:Int suggested_name suggested_username
KeyboardButtonPollType: type
ChatAdministratorRights: is_anonymous!:Bool can_manage_chat!:Bool can_delete_messages!:Bool
    can_manage_video_chats!:Bool can_restrict_members!:Bool can_promote_members!:Bool can_change_info!:Bool
    can_invite_users!:Bool can_post_stories!:Bool can_edit_stories!:Bool can_delete_stories!:Bool
    can_post_messages:Bool can_edit_messages:Bool can_pin_messages:Bool can_manage_topics:Bool
    can_manage_direct_messages:Bool can_manage_tags:Bool
ReplyKeyboardRemove: remove_keyboard!:Bool selective:Bool
ForceReply: force_reply!:Bool input_field_placeholder selective:Bool

ReactionType = ReactionTypeEmoji | ReactionTypeCustomEmoji | ReactionTypePaid
ReactionTypeEmoji: type!=emoji emoji!
ReactionTypeCustomEmoji: type!=custom_emoji custom_emoji_id!
ReactionTypePaid: type!=paid

InputMedia = InputMediaAnimation | InputMediaAudio | InputMediaDocument | InputMediaLivePhoto | InputMediaPhoto
    | InputMediaVideo
InputMediaAnimation: type!=animation thumbnail &media &above &size has_spoiler:Bool
InputMediaAudio: type!=audio thumbnail &media duration:Int performer title
InputMediaDocument: type!=document thumbnail &media disable_content_type_detection:Bool
InputMediaLivePhoto: type!=live_photo photo! &media &above has_spoiler:Bool
InputMediaPhoto: type!=photo &media &above has_spoiler:Bool
InputMediaVideo: type!=video thumbnail cover start_timestamp:Int &media &above &size supports_streaming:Bool
    has_spoiler:Bool

BotCommand: command! description!
BotCommandScope = BotCommandScopeDefault | BotCommandScopeAllPrivateChats | BotCommandScopeAllGroupChats
    | BotCommandScopeAllChatAdministrators | BotCommandScopeChat | BotCommandScopeChatAdministrators
    | BotCommandScopeChatMember
BotCommandScopeDefault: type!=default
BotCommandScopeAllPrivateChats: type!=all_private_chats
BotCommandScopeAllGroupChats: type!=all_group_chats
BotCommandScopeAllChatAdministrators: type!=all_chat_administrators
BotCommandScopeChat: type!=chat chat_id!:Int|Str
BotCommandScopeChatAdministrators: type!=chat_administrators chat_id!:Int|Str
BotCommandScopeChatMember: type!=chat_member chat_id!:Int|Str user_id!:Int
MenuButton = MenuButtonCommands | MenuButtonWebApp | MenuButtonDefault
MenuButtonCommands: type!=commands
MenuButtonWebApp: type!=web_app text! web_app!:WebAppInfo
MenuButtonDefault: type!=default

InlineQueryResult = InlineQueryResultArticle
InlineQueryResultArticle: type!=article id! title! input_message_content!:InputMessageContent
    reply_markup:InlineKeyboardMarkup url description thumbnail_url thumbnail_width:Int thumbnail_height:Int
InputMessageContent = InputTextMessageContent
InputTextMessageContent: message_text! parse_mode entities:[MessageEntity] link_preview_options:LinkPreviewOptions
"""

TYPES = shapes(_TABLE, _GROUPS)
