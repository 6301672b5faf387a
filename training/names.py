"""Names that the data has often enough to teach the place of a placeholder with."""

from __future__ import annotations

#: English name to the Chinese that our corpora use for it.
NAMES: dict[str, str] = {
    "Tom": "汤姆", "Mary": "玛丽", "John": "约翰", "Jack": "杰克", "Mike": "迈克", "Bob": "鲍勃",
    "Jim": "吉姆", "Peter": "彼得", "David": "大卫", "Emily": "艾米莉", "Anna": "安娜",
    "Lisa": "丽莎", "Kate": "凯特", "Jane": "简", "Lucy": "露西", "Sarah": "莎拉", "Ben": "本",
    "Sam": "山姆", "Max": "马克斯", "Caroline": "卡罗琳", "Leonard": "莱纳德", "Sheldon": "谢尔顿",
    "Penny": "佩妮", "Howard": "霍华德", "Emma": "艾玛", "Paul": "保罗", "George": "乔治",
    "Linda": "琳达", "Susan": "苏珊", "Alice": "爱丽丝", "Michael": "迈克尔", "James": "詹姆斯",
    "China": "中国", "America": "美国", "Japan": "日本", "Korea": "韩国", "France": "法国",
    "England": "英国", "Canada": "加拿大", "Mexico": "墨西哥", "Italy": "意大利", "Spain": "西班牙",
    "Germany": "德国", "Australia": "澳大利亚", "Thailand": "泰国", "India": "印度",
    "Vietnam": "越南", "Beijing": "北京", "Shanghai": "上海", "Chengdu": "成都", "Tokyo": "东京",
    "Guangzhou": "广州", "Shenzhen": "深圳", "Hangzhou": "杭州", "Chongqing": "重庆",
    "New York": "纽约", "Texas": "得州", "California": "加州", "Florida": "佛罗里达",
    "Chicago": "芝加哥", "Boston": "波士顿", "Seattle": "西雅图", "Hawaii": "夏威夷",
    "London": "伦敦", "Paris": "巴黎", "Los Angeles": "洛杉矶", "San Francisco": "旧金山",
    "Ohio": "俄亥俄州", "Portland": "波特兰", "Denver": "丹佛", "Alaska": "阿拉斯加",
    "Yunnan": "云南", "Sichuan": "四川", "Hong Kong": "香港", "Disney": "迪士尼",
    "Starbucks": "星巴克", "Costco": "开市客", "Walmart": "沃尔玛", "Christmas": "圣诞节",
    "Halloween": "万圣节", "Thanksgiving": "感恩节",
}  # fmt: skip
