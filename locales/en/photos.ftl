photo-too-large = This picture is over { $most } MB, too large to take. Please send it as a photo, not as a file.
photo-no-picture = I cannot open this file. Please take a photo now, or send one from your gallery as a photo, not as a file.
photo-broken = The photo you sent { $time } cannot be opened; it may not have come through whole. If you are still there, please take another one.
