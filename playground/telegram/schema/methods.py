"""Methods of Bot API 10.1 that the playground knows, with their parameters."""

from __future__ import annotations

from playground.telegram.schema.notation import shapes

_GROUPS = {
    "to": "business_connection_id chat_id!:Int|Str &topic",
    "topic": "message_thread_id:Int direct_messages_topic_id:Int",
    "quiet": "disable_notification:Bool protect_content:Bool",
    "effect": "message_effect_id suggested_post_parameters:SuggestedPostParameters",
    "sent": "&quiet allow_paid_broadcast:Bool &effect reply_parameters:ReplyParameters",
    "markup": "reply_markup:InlineKeyboardMarkup|ReplyKeyboardMarkup|ReplyKeyboardRemove|ForceReply",
    "inline": "reply_markup:InlineKeyboardMarkup",
    "caption": "caption parse_mode caption_entities:[MessageEntity]",
    "above": "show_caption_above_media:Bool",
    "size": "width:Int height:Int duration:Int",
    "edited": "business_connection_id chat_id:Int|Str message_id:Int inline_message_id",
    "from": "chat_id!:Int|Str &topic from_chat_id!:Int|Str",
    "album": "[InputMediaAudio]|[InputMediaDocument]|[InputMediaLivePhoto]|[InputMediaPhoto]|[InputMediaVideo]",
}

_TABLE = """
getMe
logOut
close
getUpdates: offset:Int limit:Int timeout:Int allowed_updates:[Str]
setWebhook: url! certificate:File ip_address max_connections:Int allowed_updates:[Str]
    drop_pending_updates:Bool secret_token
deleteWebhook: drop_pending_updates:Bool
getWebhookInfo

sendMessage: &to text! parse_mode entities:[MessageEntity] link_preview_options:LinkPreviewOptions &sent &markup
sendPhoto: &to photo!:File|Str &caption &above has_spoiler:Bool &sent &markup
sendAudio: &to audio!:File|Str &caption duration:Int performer title thumbnail:File|Str &sent &markup
sendDocument: &to document!:File|Str thumbnail:File|Str &caption disable_content_type_detection:Bool &sent &markup
sendVideo: &to video!:File|Str &size thumbnail:File|Str cover:File|Str start_timestamp:Int &caption &above
    has_spoiler:Bool supports_streaming:Bool &sent &markup
sendAnimation: &to animation!:File|Str &size thumbnail:File|Str &caption &above has_spoiler:Bool &sent &markup
sendVoice: &to voice!:File|Str &caption duration:Int &sent &markup
sendVideoNote: &to video_note!:File|Str duration:Int length:Int thumbnail:File|Str &sent &markup
sendSticker: &to sticker!:File|Str emoji &sent &markup
sendLocation: &to latitude!:Float longitude!:Float horizontal_accuracy:Float live_period:Int heading:Int
    proximity_alert_radius:Int &sent &markup
sendVenue: &to latitude!:Float longitude!:Float title! address! foursquare_id foursquare_type google_place_id
    google_place_type &sent &markup
sendContact: &to phone_number! first_name! last_name vcard &sent &markup
sendDice: &to emoji &sent &markup
sendMediaGroup: &to media!:ALBUM &quiet allow_paid_broadcast:Bool message_effect_id reply_parameters:ReplyParameters
sendChatAction: business_connection_id chat_id!:Int|Str message_thread_id:Int action!
forwardMessage: &from message_id!:Int video_start_timestamp:Int &quiet &effect
forwardMessages: &from message_ids!:[Int] &quiet
copyMessage: &from message_id!:Int video_start_timestamp:Int &caption &above &sent &markup
copyMessages: &from message_ids!:[Int] &quiet remove_caption:Bool

editMessageText: &edited text parse_mode entities:[MessageEntity] link_preview_options:LinkPreviewOptions
    rich_message:InputRichMessage &inline
editMessageCaption: &edited &caption &above &inline
editMessageMedia: &edited media!:InputMedia &inline
editMessageReplyMarkup: &edited &inline
deleteMessage: chat_id!:Int|Str message_id!:Int
deleteMessages: chat_id!:Int|Str message_ids!:[Int]
setMessageReaction: chat_id!:Int|Str message_id!:Int reaction:[ReactionType] is_big:Bool
pinChatMessage: business_connection_id chat_id!:Int|Str message_id!:Int disable_notification:Bool
unpinChatMessage: business_connection_id chat_id!:Int|Str message_id:Int
unpinAllChatMessages: chat_id!:Int|Str

answerCallbackQuery: callback_query_id! text show_alert:Bool url cache_time:Int
answerWebAppQuery: web_app_query_id! result!:InlineQueryResult

getFile: file_id!
getChat: chat_id!:Int|Str
getChatMember: chat_id!:Int|Str user_id!:Int
getChatMemberCount: chat_id!:Int|Str
getChatAdministrators: chat_id!:Int|Str return_bots:Bool
leaveChat: chat_id!:Int|Str
getUserProfilePhotos: user_id!:Int offset:Int limit:Int

setMyCommands: commands!:[BotCommand] scope:BotCommandScope language_code
getMyCommands: scope:BotCommandScope language_code
deleteMyCommands: scope:BotCommandScope language_code
setMyName: name language_code
getMyName: language_code
setMyDescription: description language_code
getMyDescription: language_code
setMyShortDescription: short_description language_code
getMyShortDescription: language_code
setChatMenuButton: chat_id:Int menu_button:MenuButton
getChatMenuButton: chat_id:Int
""".replace("ALBUM", _GROUPS["album"])

METHODS = shapes(_TABLE, _GROUPS)

_OTHER_NAMES = """
sendLivePhoto sendPaidMedia sendPoll sendChecklist sendMessageDraft sendRichMessage sendRichMessageDraft sendInvoice
sendGame sendGift sendChatJoinRequestWebApp getUserProfileAudios setUserEmojiStatus banChatMember unbanChatMember
restrictChatMember promoteChatMember setChatAdministratorCustomTitle setChatMemberTag banChatSenderChat
unbanChatSenderChat setChatPermissions exportChatInviteLink createChatInviteLink editChatInviteLink
createChatSubscriptionInviteLink editChatSubscriptionInviteLink revokeChatInviteLink approveChatJoinRequest
declineChatJoinRequest answerChatJoinRequestQuery setChatPhoto deleteChatPhoto setChatTitle setChatDescription
getUserPersonalChatMessages setChatStickerSet deleteChatStickerSet getForumTopicIconStickers createForumTopic
editForumTopic closeForumTopic reopenForumTopic deleteForumTopic unpinAllForumTopicMessages editGeneralForumTopic
closeGeneralForumTopic reopenGeneralForumTopic hideGeneralForumTopic unhideGeneralForumTopic
unpinAllGeneralForumTopicMessages answerGuestQuery getUserChatBoosts getBusinessConnection getManagedBotToken
replaceManagedBotToken getManagedBotAccessSettings setManagedBotAccessSettings setMyProfilePhoto
removeMyProfilePhoto setMyDefaultAdministratorRights getMyDefaultAdministratorRights getAvailableGifts
giftPremiumSubscription verifyUser verifyChat removeUserVerification removeChatVerification readBusinessMessage
deleteBusinessMessages setBusinessAccountName setBusinessAccountUsername setBusinessAccountBio
setBusinessAccountProfilePhoto removeBusinessAccountProfilePhoto setBusinessAccountGiftSettings
getBusinessAccountStarBalance transferBusinessAccountStars getBusinessAccountGifts getUserGifts getChatGifts
convertGiftToStars upgradeGift transferGift postStory repostStory editStory deleteStory savePreparedInlineMessage
savePreparedKeyboardButton editMessageLiveLocation stopMessageLiveLocation editMessageChecklist stopPoll
approveSuggestedPost declineSuggestedPost deleteMessageReaction deleteAllMessageReactions getStickerSet
getCustomEmojiStickers uploadStickerFile createNewStickerSet addStickerToSet setStickerPositionInSet
deleteStickerFromSet replaceStickerInSet setStickerEmojiList setStickerKeywords setStickerMaskPosition
setStickerSetTitle setStickerSetThumbnail setCustomEmojiStickerSetThumbnail deleteStickerSet answerInlineQuery
createInvoiceLink answerShippingQuery answerPreCheckoutQuery getMyStarBalance getStarTransactions refundStarPayment
editUserStarSubscription setPassportDataErrors setGameScore getGameHighScores
"""
NOT_EMULATED = frozenset(_OTHER_NAMES.split())

_CANONICAL = {name.lower(): name for name in (*METHODS, *NOT_EMULATED)}


def canonical(name: str) -> str | None:
    """Telegram takes method names in any case; None is a name it does not know."""
    return _CANONICAL.get(name.lower())
