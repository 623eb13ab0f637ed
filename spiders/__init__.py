"""What fetches: Scrapy spiders that save pages and visits, and know nothing of what pages say."""
