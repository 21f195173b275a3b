# Everything that the bot says, as Telegram HTML: <b>, <i>, <code>, <a href="">. Values come escaped.

## Commands, as the menu shows them

command-summary = What happened: the posts since the last summary
command-help = How to use me
command-export = What I keep of this chat, as a file
command-forget = Delete what I keep of this chat
command-settings = Language, time zone, length of summaries
command-start = Who I am

## Before anything was said: up to 512 and 120 characters

about =
    Forward me posts from channels and chats, then send /summary.

    You get the main sentences word for word, who acts, which numbers matter, and a link to every source. Nothing is rewritten, nothing is made up.

    I can also post recaps to your channel, on time.
about-short = Forward me posts: I tell you what happened, who and how many, word for word, with links to the sources.

## Greeting and help

start =
    👋 I am <b>Sitrep</b>. Forward me posts from channels and chats, and I tell you what they say.

    1. Forward as many posts as you like, or paste a text.
    2. Send /summary; for the last hour only, <code>/summary 1h</code>. Or just ask: “What did Elena Varga say?”

    You get the main sentences word for word, who acts, which numbers matter, and a link to every source. Nothing is rewritten, nothing is made up. /help shows more.

start-group =
    👋 I am <b>Sitrep</b>. Forward posts here, or answer one with /summary: I tell you what they say, word for word, with a link to every source. /help shows more.

added-to-group =
    👋 I am <b>Sitrep</b>: I tell you what posts say, word for word, with a link to every source.
    { $sees ->
        [yes] Forward posts here, then send /summary.
       *[no] Answer a post with /summary. To have me collect what is forwarded here, make me an administrator: only then do I see it.
    }
    /recap sets up summaries on time; /help shows more.
added-to-channel = 📣 I am in <b>{ $chat }</b> now. I post nothing there until you set it up: /recap

try-button = ▶️ Try it with a sample
try-over = 👆 That is a post as a channel could have it; here is what I make of it. Now forward one of yours.

# Plain text, without markup: it is read like any other post.
sample-post =
    Flood closes three bridges in Novi Most

    Three of the five bridges in Novi Most were closed on Tuesday after the river rose by more than two metres overnight. Mayor Elena Varga asked about 12,000 people in the lower town to leave their homes by the evening. “The dam holds, but we take no chances,” she said. The Interior Ministry sent 300 firefighters and 14 boats. According to the Red Cross, nearly 900 people spent the night in schools. Trains to the capital are expected to run again on Thursday.

help =
    <b>Collect</b>
    Forward posts to me, or paste their text. I keep each of them once and follow edits.
    Text files (.txt, .md, .jsonl) and chats that Telegram Desktop exported (result.json) I read, too.

    <b>Ask</b>
    /summary – what is new since you last asked (the first time: of the last { $hours ->
        [one] hour
       *[other] { $hours } hours
    })
    <code>/summary 24h</code> – of that time: 90m, 7d, today, yesterday, Nov 30, since 09:00
    <code>/summary flood</code> – the posts that hold a word
    <code>/summary @source</code> – the posts of one source
    <code>/summary 20</code> – the last 20 posts
    /summary in reply to a post – that post alone
    In private just ask: “What happened since 09:00?”
    /actors, /numbers – who acts, which numbers matter; asked for in the same ways

    <b>Get it on time</b>
    /recap – summaries on time: in a channel, a group, or here
    /subscribe, /unsubscribe – recaps of others, in private

    <b>Keep it in order</b>
    /settings – language, time zone, length
    /sources – who wrote the posts; mute some of them
    /export, /forget – all posts as a file; delete all

    In groups I see commands; other messages only if I am an administrator, or if @BotFather has turned my privacy mode off.

    Sentences, actors (👤) and numbers (🔢) are copied from the posts; 🔗 leads to the originals.

## Answers to posts

# Fault
nothing-to-read = There is nothing to read in this. I read texts, the captions of photos, videos and files, and text files (.txt, .md, .jsonl, or result.json of Telegram Desktop).
# Fault
unknown-command = I don't know { $command }. { $meant ->
        [none] {""}
       *[other] Did you mean /{ $meant }?{" "}
    }/help shows what I can do.
collected = { $read } collected: /summary

## Summaries

read-posts = { $posts ->
        [one] { $posts } post
       *[other] { $posts } posts
    }
read-posts-of-sources = { $posts ->
        [one] { $posts } post
       *[other] { $posts } posts
    } from { $sources ->
        [one] { $sources } source
       *[other] { $sources } sources
    }
left-out = { $posts ->
        [one] { $posts } post
       *[other] { $posts } posts
    } left out as advertising or chatter
more-stories = { $stories ->
        [one] { $stories } more story is
       *[other] { $stories } more stories are
    } not shown.
more-sources = +{ $sources }
figures-differ = Figures differ:

# Fault
summary-empty =
    There is nothing to sum up yet. Forward me some posts from your channels, or paste a text, then send /summary.
# Fault
summary-empty-group =
    I have no posts from this chat yet. Forward some here and send /summary, or answer a post with /summary.

    I see messages here only as an administrator, or if @BotFather has turned my privacy mode off.
# Fault
summary-all-muted = All sources of this chat are muted (🔇), so there is nothing to tell. /sources brings them back.
# Fault
summary-source-muted = “{ $source }” is muted in this chat (🔇): its posts are collected, but not told. /sources unmutes it.
# Fault
summary-source-silent = I have no posts of “{ $source }”{ $timed ->
        [yes] {" "}from that time
       *[no] {""}
    }. /sources shows who wrote the posts, and under which names.
# Fault
summary-source-like = No source is called “{ $source }”. Did you mean this one? <code>{ $command } @"{ $like }"</code>
# Fault
summary-nothing-new =
    Nothing new since the last summary ({ $time }). A post that comes again is told once.
    { $command } 24h shows the last day again, { $command } 20 the last 20 posts.
# Fault
summary-nothing-then =
    No posts came { $asked ->
        [day] on { $day }
        [since] since { $day }
       *[time] in that time
    } (the newest is from { $time }). What counts is when a post came to me, not when it was written.
    { $command } 20 takes the last 20 posts, whenever they came.
# Fault
summary-only-noise = { $posts ->
        [one] The post is
       *[other] All { $posts } posts are
    } advertising, greetings or chatter: nothing to tell.
# Fault
summary-no-sentences = { $posts ->
        [one] I find no sentences to tell in the post.
       *[other] I find hardly any sentences to tell in the { $posts } posts.
    }
# Fault
summary-no-text = There is no text in that message that I could sum up.
search-found = 🔎 { $found } of { $posts ->
        [one] { $posts } post
       *[other] { $posts } posts
    } { $found ->
        [one] is
       *[other] are
    } about “{ $words }”.
search-begun = 🔎 { $found } of { $posts ->
        [one] { $posts } post
       *[other] { $posts } posts
    } { $found ->
        [one] has
       *[other] have
    } words that begin with “{ $words }”.
# Fault
few-words =
    🔎 Nothing about “{ $words }”. I looked for it, and did not keep it: such a short line is no post to me.
    Forward me posts, or paste a text; a headline will do if it has a name, a number or a full stop. /help shows what else I can do.
# Fault
request-two = “{ $one }” and “{ $other }” don't go together. Write one of them: <code>{ $command } { $one }</code>
search-have = 🔎 No post has all of “{ $words }”. { $found } of { $posts ->
        [one] { $posts } post
       *[other] { $posts } posts
    } { $found ->
        [one] has
       *[other] have
    } “{ $there }”.
search-some = 🔎 No post has all of “{ $words }”. { $found } of { $posts ->
        [one] { $posts } post
       *[other] { $posts } posts
    } { $found ->
        [one] has
       *[other] have
    } { $held } of the { $asked } words.
search-left = 🔎 “{ $words }”: { $found } of { $posts ->
        [one] { $posts } post
       *[other] { $posts } posts
    }.
search-newest = Here { $shown ->
        [one] is the newest one.
       *[other] are the newest { $shown }.
    }
search-shown = 🔎 “{ $words }”
# Fault
search-none =
    🔎 Nothing about “{ $words }”: I looked through { $posts ->
        [one] { $posts } post
       *[other] { $posts } posts
    } ({ $period }).

    Try fewer words, or others; any form of a word will do. You can also write:
    { $command } 24h flood – in that time (<code>90m</code>, <code>7d</code>, <code>yesterday</code>, <code>on Nov 30</code>, <code>since 09:00</code>)
    { $command } "foreign minister" – words in this order
    { $command } flood -sport – without a word
    { $command } 20 – the last 20 posts, whatever they say
# Fault
search-no-words = There is no letter and no digit in “{ $words }” that I could look for. Write a word instead: { $command } flood
# Fault
request-unclear =
    “{ $words }” looks like a time or a number, but I can't make sense of it. You can write:
    { $command } 24h – what came in that time (<code>90m</code>, <code>24h</code>, <code>7d</code>, <code>today</code>, <code>yesterday</code>, <code>Nov 30</code>)
    { $command } since 09:00 – from that time on
    { $command } 20 – the last 20 posts
    { $command } @source – the posts of one source
    If it stands so in the posts, put it between quotation marks: { $command } "{ $words }"

## What is kept

forget-ask = Delete all that I keep of { $forum ->
        [yes] this group, in all of its topics
       *[no] this chat
    }: { $posts ->
        [0] its settings
        [one] { $posts } post and what I read in it
       *[other] { $posts } posts and what I read in them
    }{ $recaps ->
        [0] {""}
        [one] , and a recap with its subscribers
       *[other] , and { $recaps } recaps with their subscribers
    }? This can't be undone.{ $posts ->
        [0] {""}
       *[other] {" "}{ $forum ->
            [yes] /export gives you a copy of the posts first, those of the topic in which you send it.
           *[no] /export gives you a copy of the posts first.
        }
    }
forget-yes = Delete
forget-no = Keep
forget-done = Deleted: { $posts ->
        [0] the settings
        [one] { $posts } post
       *[other] { $posts } posts
    }. I know nothing of this chat any more.
forget-kept = Nothing was deleted.
export-done = { $posts ->
        [one] { $posts } post
       *[other] { $posts } posts
    } of this chat, one a line, in JSON: programs can read this file, and <code>sitrep digest</code> does.
# Fault
export-empty = There is nothing to export: I have no posts of this chat yet. Forward some, and /export makes a file of them.
# Fault
for-administrators = Only administrators of this group may do that.
# Fault
too-old = That button is too old. Please send the command again.

## Files

file-reading = 📥 Reading { $name }: { $done } of { $posts } posts, { $percent } %
file-stop = ⏹ Stop
# Fault
file-stopped = ⏹ Stopped. Of { $name } I have { $done } of { $posts } posts: /summary. For the rest send the file again.
# Fault
file-left = ⏹ Stopped: of the { $posts } posts in { $name } I have taken none.
# Fault
file-stop-late = Too late: the whole file is in.
file-read = { $new ->
        [0] 📄 Nothing new in { $name }: I have all of it already ({ $read }).
       *[other] { $known ->
            [0] 📄 { $read } in { $name } collected: /summary
           *[other] 📄 { $read } in { $name } collected, { $known } of them known already: /summary
        }
    }
# Fault
file-no-room = { $posts ->
        [one] One older post
       *[other] { $posts } older posts
    } of the file found no room: I keep { $limit } posts of a chat.
# Fault
file-empty = There is no text in { $name }.
# Fault
file-too-big = { $name } is too big: Telegram gives me files of up to { $most } MB. Please send it in parts, or export a shorter time.
# Fault
file-too-long = A text in { $name } has { $chars } characters; I read up to { $most } as one post. Please send it in parts.
# Fault
file-gone = Telegram did not give me { $name }. Please send it once more.
# Fault
file-no-text = { $name } is not text, or its letters are coded in a way that I don't know (line { $line }). Please save it as UTF-8 and send it again.
# Fault
file-wrong-line = Line { $line } of { $name } is no post. Each line must be a JSON object with a <code>"text"</code> and, if it is known, <code>"date"</code>, <code>"source"</code> and <code>"url"</code>.
# Fault
file-no-export = I can't find posts in { $name }. In Telegram Desktop, open a chat, then ⋮ → Export chat history, choose the format JSON, and send me the file result.json.

## Limits

# Fault
too-many-posts = That was too fast for me: I take { $limit } posts a minute from one person. The last ones were not taken; please send them again in a minute.
# Fault
too-many-summaries = That was too often for me: I answer { $limit ->
        [one] one such question
       *[other] { $limit } such questions
    } a minute. Please ask again in a minute.
# Fault
desk-full = I keep { $limit } posts of this chat, and no more: this one was not taken. Posts go by themselves when they grow old; /forget deletes them all at once, /export gives you a copy first.

## Recaps as they are posted, and what their owners are told

recap-update = Update
recap-empty = nothing new since the last time.
# Fault
recap-owner-removed =
    The recap “{ $title }” can't be posted in <b>{ $chat }</b> and is paused: I am not in that chat any more.
    Add me there again with the right to post, then resume it with /recap. It will cover all that came meanwhile.
# Fault
recap-owner-rights =
    The recap “{ $title }” can't be posted in <b>{ $chat }</b> and is paused: I may not write there.
    Give me the right to post there, then resume it with /recap. It will cover all that came meanwhile.
# Fault
recap-owner-refused =
    The recap “{ $title }” could not be posted in <b>{ $chat }</b>: Telegram refused it (<code>{ $error }</code>). The next one tells what was not posted, too.
# Fault
recap-owner-broken =
    The recap “{ $title }” could not be made: something went wrong on my side. The next one covers its time, too. Tell my operator, if it happens again: run <code>{ $reference }</code>

## Access

# Fault
access-refused = This bot is for invited people only. Ask whoever gave you its name for an invitation link.

## While an answer is being made

progress-waiting = ⏳ One moment …
progress-reading = ⏳ Reading: { $done } of { $posts } posts …
progress-digest = ⏳ { $posts ->
        [one] Putting together what the post says …
       *[other] Putting together what { $posts } posts say …
    }

## Faults

# Fault
fault-pressed = Something went wrong on my side. Please try again; if it happens again, tell my operator the number { $reference }
# Fault
fault = Something went wrong on my side, and I could not do that. Please try again; if it happens again, tell my operator this number: <code>{ $reference }</code>

## Recaps

command-recap = Recaps: summaries that I post by myself, on time
recap-list = Recaps of this chat
recap-number = recap № { $number }
recap-here = this chat
recap-where =
    🗓 <b>Recaps</b> are summaries that I post by myself, on time: I read what you collect here, and post what is new.

    Where shall I post?
recap-where-group =
    🗓 <b>Recaps</b> are summaries that I post by myself, on time: I read what is collected here, and post what is new.

    Post them here? For a channel write <code>/recap @name</code>, or answer one of its forwarded posts with /recap.
recap-choose =
    Choose the channel or group with the buttons below the message field.

    Or write <code>/recap @name</code>, or forward me one of its posts and answer that with /recap. For a topic of a group send /recap there.
recap-choose-below = 👇 Where shall I post?
recap-chosen = 👌
recap-when =
    🗓 A recap for <b>{ $chat }</b>. When? Times are those of { $zone }. 🌍 changes that.

    Or reply to this message with times of your own, such as <code>weekdays 8:00, 18:30</code>
recap-zones = 🌍 Which time zone? You can also write a large city behind the times: <code>daily 09:00 Yerevan</code>
recap-made = ✅ It is set up.
recap-there = ✅ That recap is there already.
# Fault
recap-may-edit =
    ⚠️ I may edit messages of others in <b>{ $chat }</b>. Please take that right from me: its name → Administrators → @{ $bot }, and switch “Edit messages of others” off. Only without it can I look whether a message arrived when the connection broke; with it { $what ->
        [hold] such a message may be missing
       *[resend] such a message may come twice
    }.
# Fault
recap-too-many = This chat has { $most } recaps, and that is as many as I can do. /recap lists them: delete one first.
# Fault
recap-too-often = At most { $most } times a day, please.
# Fault
recap-wrong =
    I can't make sense of “{ $words }”. You can write:
    /recap – all recaps of this chat
    <code>/recap add @channel daily 09:00,18:30 Berlin</code>
    <code>/recap add here weekdays 8:00</code> – in this chat
    <code>/recap @channel</code> – asks you when
    <code>/recap 3</code> – recap № 3, and buttons to pause, change, or delete it
# Fault
recap-wrong-word =
    I don't understand “{ $words }”. A schedule looks like this:
    <code>daily 09:00,18:30 Berlin</code>
    <code>weekdays 8:00</code> · <code>mon,thu 19:00</code> · <code>every 3 hours</code>
# Fault
recap-wrong-change =
    I don't understand “{ $words }”. Other times look like this:
    <code>/recap { $number } daily 09:00,18:30 Berlin</code>
    <code>/recap { $number } weekdays 8:00</code> · <code>mon,thu 19:00</code> · <code>every 3 hours</code>
    <code>/recap { $number }</code> has buttons for the rest: pause, change, delete.
# Fault
recap-no-time =
    At what time? A schedule looks like this:
    <code>daily 09:00,18:30 Berlin</code>
    <code>weekdays 8:00</code> · <code>mon,thu 19:00</code> · <code>every 3 hours</code>
# Fault
recap-gone = There is no recap № { $number } here (any more). /recap lists them.
# Fault
recap-not-from-here = That can be done only in the chat that this recap reads.
recap-daily = every day
recap-weekdays = on weekdays
recap-weekends = at weekends
recap-next = next: { $time }
recap-paused = ⏸ paused
# Fault
recap-paused-removed = ⏸ paused: I am not in that chat any more
# Fault
recap-paused-rights = ⏸ paused: I may not post there
recap-now-paused = Paused
recap-now-active = Resumed
recap-posting = Coming…
recap-ask-post = Post “{ $title }” now in <b>{ $chat }</b>?
recap-ask-delete = Delete “{ $title }” for <b>{ $chat }</b>, its history and its subscribers? This can't be undone.
recap-deleted = “{ $title }” is deleted.
recap-history = what became of it
recap-no-history = Nothing yet: it was not due so far.
# Fault
recap-needs-time = A recap needs a time and a day. To stop it, pause it.
recap-time-page =
    ⏰ { $when }

    Tap hours and days. Other times can be written: <code>/recap { $number } daily 09:00,18:30 Berlin</code>
recap-edit-hint =
    You can also write:
    <code>/recap { $number } title Morning news</code>
    <code>/recap { $number } words flood, river</code> – only posts that hold one of these
    <code>/recap { $number } sources BBC News, Reuters</code> – only these; <code>–</code> for all again
    <code>/recap { $number } also</code> in another chat that you manage – read that, too; <code>only</code> ends it
    <code>/recap { $number } picture</code> – with a picture; <code>no picture</code> – without
    <code>/recap { $number } edits</code> – take over late edits of the posts; <code>no edits</code> – don't
recap-short = Short
recap-normal = Normal
recap-long = Long
recap-has-picture = 🖼 with a picture
recap-has-edits = ✏️ follows edits
recap-has-no-sound = 🔕 without sound
recap-has-pin = 📌 pinned
recap-has-empty = 💬 says so when nothing is new
recap-has-short = ✂️ short
recap-has-long = 📖 long
recap-has-sources = 📚 { $sources }+ sources per story
recap-silent = Without sound
recap-pin = Pin it
recap-skip = Skip if empty
recap-public = Open to subscribers
recap-picture = Picture
recap-edits = Follow edits
picture-actors = Named most (posts)
picture-stories = Stories over time
picture-others = other posts
recap-sources = 📚 Sources per story: { $sources }+
run-waiting = in the making
run-sending = being posted
run-posted = posted: { $posts ->
        [one] { $posts } post
       *[other] { $posts } posts
    } in { $parts ->
        [one] { $parts } message
       *[other] { $parts } messages
    }
run-empty = nothing new to tell
run-skipped = skipped: it would have come too late
run-failed = failed
recap-button-new = ➕ New recap
recap-button-here = 💬 In this chat
recap-button-elsewhere = 📣 In a channel or group
recap-button-channel = 📣 Choose a channel
recap-button-group = 👥 Choose a group
recap-button-again = 🔁 Done, check again
recap-button-all = ◀️ All recaps
recap-button-post = 📤 Post now
recap-button-post-yes = 📤 Post
recap-button-pause = ⏸ Pause
recap-button-resume = ▶️ Resume
recap-button-edit = ✏️ Change
recap-button-history = 🕓 History
recap-button-delete = 🗑 Delete
recap-button-delete-yes = 🗑 Delete
recap-button-no = ◀️ No
recap-button-time = ⏰ Times
recap-button-zone = 🌍 Time zone
recap-preset-morning = Every day 09:00
recap-preset-twice = 09:00 and 18:00
recap-preset-evening = Every day 21:00
recap-preset-weekdays = Weekdays 09:00
recap-preset-weekly = Mondays 09:00
recap-preset-often = Every 3 hours
# Fault
recap-unknown =
    I can't find <b>{ $chat }</b>. Check the name.

    A private channel has no name: add @{ $bot } to its administrators, forward me one of its posts and answer that with /recap.
# Fault
recap-person = <b>{ $chat }</b> is a person or a bot. I post to channels and groups; who wants a recap in private can subscribe to it.
# Fault
recap-bot-absent =
    I am not in <b>{ $chat }</b> yet.

    In a channel open its name → Administrators → Add Admin → @{ $bot }, and leave “Post messages” on. Into a group invite me like anybody else.
# Fault
recap-bot-right =
    I may not post in <b>{ $chat }</b>.

    Open its name → Administrators → @{ $bot }, and switch “Post messages” on.
# Fault
recap-bot-silent =
    I may not write in <b>{ $chat }</b>.

    Open its name → Permissions → Exceptions → @{ $bot }, and allow messages.
# Fault
recap-user-stranger = You are no administrator of <b>{ $chat }</b>. Only its administrators can have me post there: ask one of them to set it up.
# Fault
recap-user-right = You may not post in <b>{ $chat }</b> yourself, so I can't for you. Its owner can give you that right, or set it up.
# Fault
recap-anonymous = You write anonymously, so I can't see whether you run <b>{ $chat }</b>. Please set it up in a private chat with me, or switch “Remain anonymous” off.
recap-title = News
recap-also = ✅ “{ $title }” reads this chat, too.
recap-desks = reads { $desks } chats
recap-open = open to subscribers: /subscribe shows its link
recap-previewed = Sent to you in private
# Fault
recap-preview-start = I can't write to you yet: open my private chat and press Start.
recap-nothing-new = There is nothing new to tell: nothing would be posted.
recap-button-preview = 👁 Preview

## Subscribing

command-subscribe = Get recaps that are open to all, in private
command-unsubscribe = Stop getting a recap
subscribe-list = Recaps that anybody can have in private; each has its link:
# Fault
subscribe-none = No recap is open to subscribers yet. Whoever sets one up with /recap can open it: ✏️ Change → Open to subscribers.
# Fault
subscribe-gone = That recap is not open to subscribers any more. /subscribe lists those that are.
subscribed =
    🔔 You get <b>{ $title }</b> here from now on: { $when }.

    /unsubscribe ends it.
# Fault
unsubscribe-none = You have not subscribed to any recap. /subscribe lists them.
# Fault
unsubscribe-in-private = Subscriptions are for you alone: send me that in a private chat.

## Sources

command-sources = Who wrote the posts; mute and unmute
sources-head = { $sources ->
        [one] { $sources } source
       *[other] { $sources } sources
    }
sources-mute = Mute { $source }
sources-unmute = 🔊 Unmute { $source }
sources-hint = Muted sources (🔇) are collected, but left out of summaries and recaps.
# Fault
sources-empty = I have no posts yet, so there are no sources. Forward me some from your channels; then /sources shows who wrote them, and you can mute some of them.
# Fault
sources-empty-group =
    I have no posts from this chat yet, so there are no sources. Forward some here; then /sources shows who wrote them, and you can mute some of them.

    I see messages here only as an administrator, or if @BotFather has turned my privacy mode off.
# Fault
sources-none = There are no sources here any more: the posts were deleted. Forward others; /sources shows who wrote them.
back = ◀️ Back
further = Next ▶️

## Actors and numbers

command-actors = Who acts: names, roles, sources
command-numbers = The numbers, and how they changed
# Fault
actors-none = { $posts ->
        [one] The post names
       *[other] The { $posts } posts name
    } nobody who acts.
# Fault
numbers-none = { $posts ->
        [one] The post tells
       *[other] The { $posts } posts tell
    } no numbers that matter.

## Settings of a chat

settings-page =
    ⚙️ <b>Settings</b>
    🗣 My language
    🌍 Time zone: { $zone }, where it is { $time } now
    ✂️ How much a summary shows
    📦 How long I keep posts: { $kept }
    👀 Whether I mark each post that I took; whether I sum a long one up as soon as it comes
settings-page-group =
    ⚙️ <b>Settings of this group</b>
    🗣 My language
    🌍 Time zone: { $zone }, where it is { $time } now
    ✂️ How much a summary shows
    📦 How long I keep posts: { $kept }
    👀 Whether I mark each post that I took
settings-button = ⚙️ Settings
settings-days = { $days ->
        [one] { $days } day
       *[other] { $days } days
    }
settings-keep =
    📦 How long shall I keep the posts of this chat? Now it is { $days }.

    Older ones are deleted by themselves, with what I read in them; no summary and no recap can tell of them then. What I have written in chats stays there.
settings-keep-ask = Keep posts for { $days } only? { $posts ->
        [one] One post of this chat is older, and is
       *[other] { $posts } posts of this chat are older, and are
    } deleted at once, with what I read there and what recaps remember of that time. This can't be undone. /export gives you a copy first.
settings-keep-yes = 🗑 Delete the older ones
settings-keep-deleted = Deleted: { $posts ->
        [one] { $posts } post
       *[other] { $posts } posts
    }
settings-where-button = 📍 By my location
settings-where = 📍 Tap “Send my location” below the message field (on a phone). I look up which time zone it is in, and don't keep the place.
settings-where-send = 📍 Send my location
settings-where-no = ◀️ Not now
settings-where-found = 👌 I go by the clock of { $city }: it is { $time } there now. I have not kept the place.
settings-where-right = Is that your time? Near a border I may be wrong; then choose:
settings-where-others = 🌍 Others
settings-where-kept = 👌 All stays as it is.
settings-automatic = As in Telegram
settings-short = Short
settings-normal = Normal
settings-long = Long
settings-acknowledge = 👀 on every post
settings-at-once = Sum up long posts at once
settings-zones = 🌍 Which time zone? You can also write a large city, <code>/settings Yerevan</code>, or how far your clock is from UTC: <code>/settings UTC+4</code>
# Fault
settings-no-zone = I can't tell a time zone from “{ $words }”. Write the nearest large city, as in <code>/settings Yerevan</code>, or how far your clock is from UTC: <code>/settings UTC+4</code>{ $private ->
        [yes] . Or send me your location: I look its time zone up, and don't keep it.
       *[no] {""}
    }

## Inline mode; buttons hold 64 characters

# Fault
inline-nothing = Nothing found. Forward me posts first
# Fault
inline-too-many = Too many questions: wait a minute

## Views of a summary

view-stories = 📰 Stories
view-post = 📰 The post
view-actors = 👤 Actors
view-numbers = 🔢 Numbers
view-short = ✂️ Shorter
view-normal = ✂️ Normal
view-long = 📖 Longer
view-more = ⏭ { $stories } more
view-start = ⏮ From the start
view-by-source = 📚 By source ({ $sources })
view-all-sources = 📚 All sources
view-share = 📣 Share
# Fault
view-gone = Those posts are gone. /summary tells what is there.

## Sharing a summary; what shows for a moment holds 200 characters

share-post = 📤 Post in { $chat }
share-ask = Where shall I post this summary? Everybody who reads that chat will see it.
share-done = 📤 It is on its way.
# Fault
share-again = It is there already; I don't post it twice.
# Fault
share-none = No recap of this chat is posted elsewhere (any more). /recap sets one up.
