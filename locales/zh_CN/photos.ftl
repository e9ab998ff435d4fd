photo-too-large = 这张图超过 { $most } 兆，太大了收不下。请直接拍照发来，不用当文件发。
photo-no-picture = 这个文件打不开，不是照片。请直接拍一张，或从相册里选照片发来。
